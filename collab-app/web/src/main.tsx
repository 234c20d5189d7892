import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { language } from './messages/words';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/myDrafts.css';
import './styles/draft.css';
import './styles/reading.css';

document.documentElement.lang = language.code;
// The pages keep their places themselves: a draft has its height only when it has been read.
history.scrollRestoration = 'manual';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
