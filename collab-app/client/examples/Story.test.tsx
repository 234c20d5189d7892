// @vitest-environment happy-dom
import { defaultTurnPolicy, developmentUser, type Draft, type WebSocketLike } from '@ringdraft/client';
import { RingdraftProvider } from '@ringdraft/client/react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { Story } from './Story.js';

const at = '2026-11-23T12:00:00.000Z';
const draft: Draft = {
  draft_id: 'd-1',
  creator_id: 'ana',
  title: 'The lighthouse',
  platform: null,
  status: 'active',
  revision: 1,
  epoch: 'e',
  turn_policy: defaultTurnPolicy,
  ring_state: {
    current_holder_id: 'ana',
    term: 1,
    holders_history: ['ana'],
    passed_at: at,
    turn_started_at: at,
    turn_ends_at: null,
    turn_segments: 0,
    next_user_id: null,
    requests: [],
    away: [],
  },
  collaborators: [],
  segments: [],
  segment_count: 0,
  created_at: at,
  updated_at: at,
};

it('a story shows a segment that is added', async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const socket: WebSocketLike = {
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send: () => undefined,
    close: () => undefined,
  };
  const receive = (frame: object) => socket.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }));
  const settings = {
    baseUrl: 'https://drafts.example',
    credentials: developmentUser('ana'),
    environment: { openWebSocket: () => socket },
  };
  const page = document.createElement('div');
  const root = createRoot(page);
  act(() => {
    root.render(
      <RingdraftProvider settings={settings}>
        <Story draft={draft} />
      </RingdraftProvider>,
    );
  });
  await act(() => vi.waitUntil(() => socket.onmessage !== null));

  act(() => {
    receive({
      type: 'connected',
      draft_id: 'd-1',
      user_id: 'ana',
      connection_id: 'c-1',
      ts: at,
      revision: 1,
      epoch: 'e',
      resumed: true,
      ping_interval_ms: 30_000,
    });
    receive({
      type: 'collab.segment_added',
      draft_id: 'd-1',
      revision: 2,
      ts: at,
      user_id: 'ana',
      data: { segment_id: 's-1', content: 'It was dark.', author_user_id: 'ana', position: 0, created_at: at },
    });
  });

  expect(page.textContent).toContain('It was dark.');
  act(() => {
    root.unmount();
  });
  vi.unstubAllGlobals();
});
