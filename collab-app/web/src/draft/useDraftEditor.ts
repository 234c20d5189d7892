import type { AppendEntry, Draft, OutboxEntry } from '@ringdraft/client';
import type { UseDraftResult } from '@ringdraft/client/react';
import { useMemo, useState } from 'react';
import { words } from '../messages/words';
import { type Turn, turnOf } from './turn';
import { useStoredText } from './useStoredText';

/** The editor of a draft: its text, whose turn it is, and the commands of the user. */
export interface DraftEditor {
  readonly turn: Turn;
  readonly text: string;
  /** True while the text is what was left of an earlier turn. */
  readonly isOffered: boolean;
  /** Appends of this user that the server has not confirmed yet. */
  readonly pendingAppends: readonly AppendEntry[];
  /** False while the browser does not store the text or an entry, which is then lost with the page. */
  readonly isStored: boolean;
  /** True when text or entries would be lost with the page. */
  readonly hasUnsent: boolean;
  /** True when the last command was refused because the outbox was full. */
  readonly isOutboxFull: boolean;
  /** How often a command asked for the focus. The editor takes it when the number grows. */
  readonly focusAsked: number;
  readonly type: (text: string) => void;
  readonly append: () => void;
  readonly pass: (toUserId: string) => void;
  /** Takes an entry out of the outbox and puts its text before the one in the editor. */
  readonly takeBack: (entry: OutboxEntry) => void;
}

const gone: Turn = { kind: 'reading', reason: words.editor.notConnected };

export function useDraftEditor(draft: Draft, session: UseDraftResult, userId: string): DraftEditor {
  const { text, isStored, write } = useStoredText(draft.draft_id, userId);
  const [focusAsked, setFocusAsked] = useState(0);
  const [isOutboxFull, setOutboxFull] = useState(false);
  const pendingAppends = useMemo(
    () => session.pending.filter((entry): entry is AppendEntry => entry.kind === 'append'),
    [session.pending],
  );
  const entries = [...session.pending, ...session.rejected];

  const askForFocus = (): void => {
    setFocusAsked((asked) => asked + 1);
  };
  /** The outbox refuses what is beyond its capacity. */
  const isTaken = (give: () => OutboxEntry): boolean => {
    try {
      give();
      setOutboxFull(false);
      return true;
    } catch (failure) {
      if (!(failure instanceof RangeError)) throw failure;
      setOutboxFull(true);
      return false;
    }
  };

  const turn = session.hasGivenUp ? gone : turnOf(draft, userId, session.pending);
  const isMine = turn.kind === 'mine';
  const [wasMine, setWasMine] = useState(isMine);
  const [offered, setOffered] = useState('');
  if (wasMine !== isMine) {
    setWasMine(isMine);
    setOffered(isMine ? text : '');
  }

  return {
    turn,
    text,
    isOffered: isMine && text !== '' && text === offered,
    pendingAppends,
    isStored: isStored && entries.every((entry) => entry.isKept),
    hasUnsent: text !== '' || entries.length > 0,
    isOutboxFull,
    focusAsked,
    type(typed) {
      write(typed);
      // What a member writes ahead is for nobody else.
      if (isMine) session.announce(typed.trim() === '' ? 'viewing' : 'typing');
    },
    append() {
      if (!isTaken(() => session.append(text))) return;
      write('');
      session.announce('viewing');
    },
    pass(toUserId) {
      if (!isTaken(() => session.passRing(toUserId))) return;
      session.announce('viewing');
      askForFocus();
    },
    takeBack(entry) {
      const taken = session.takeBack(entry.key);
      if (taken?.kind !== 'append') return;
      write(text.trim() === '' ? taken.content : `${taken.content}\n\n${text}`);
      askForFocus();
    },
  };
}
