// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.js';
import { RingdraftProvider, useDraft, useDraftRealtime } from '../src/react/index.js';
import { ANA, DRAFT_ID } from './cast.js';

function Page() {
  const { status, draft, pending } = useDraft({ draftId: DRAFT_ID, userId: ANA });
  const realtime = useDraftRealtime({ draftId: DRAFT_ID });
  const disabled = useDraftRealtime({ draftId: DRAFT_ID, enabled: false });
  const read = draft === null ? 'unread' : 'read';
  return <p>{[status, read, pending.length, realtime.status, disabled.status].join(' ')}</p>;
}

describe('on the server side of a rendering framework', () => {
  it('there is no window, and nothing needs one', () => {
    expect(typeof window).toBe('undefined');
    const settings = { credentials: core.developmentUser(ANA) };
    const html = renderToString(
      <RingdraftProvider settings={settings}>
        <Page />
      </RingdraftProvider>,
    );
    expect(html).toBe('<p>polling unread 0 polling offline</p>');
  });

  it('the core can be used without React, and knows nothing of it', () => {
    const session = core.createDraftSession({
      draftId: DRAFT_ID,
      userId: ANA,
      credentials: core.developmentUser(ANA),
      baseUrl: 'http://localhost:1',
    });
    expect(session.state().draft).toBeNull();
  });
});
