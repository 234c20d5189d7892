import { type SubmitEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { copyText, isApple } from '../browser';
import { LengthCounter } from '../components/LengthCounter';
import { RingIcon } from '../components/RingIcon';
import { codePoints } from '../messages/count';
import type { Turn } from './turn';

/** Where the holder writes. For everybody else it says what it waits for, and keeps what they had begun. */
export function Editor(props: {
  readonly turn: Turn;
  readonly text: string;
  /** True when the text is of an earlier turn. */
  readonly isOffered: boolean;
  readonly maxCodePoints: number;
  readonly onChange: (text: string) => void;
  readonly onAppend: () => void;
  /** Counts up each time the focus should come here. */
  readonly focusAsked: number;
  readonly children?: ReactNode;
}): ReactNode {
  const { turn, text, maxCodePoints } = props;
  const id = useId();
  const textarea = useRef<HTMLTextAreaElement>(null);
  const isMine = turn.kind === 'mine';
  const length = codePoints(text);
  const [copied, setCopied] = useState<string | null>(null);
  const canAppend = isMine && text.trim() !== '' && length <= maxCodePoints;

  useEffect(() => {
    if (props.focusAsked > 0) textarea.current?.focus({ preventScroll: true });
  }, [props.focusAsked]);

  const append = (): void => {
    if (canAppend) props.onAppend();
  };
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    append();
    textarea.current?.focus({ preventScroll: true });
  };
  const copy = async (): Promise<void> => {
    if (await copyText(text)) setCopied(text);
    else textarea.current?.select();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    append();
  };

  if (turn.kind === 'reading' && text === '') {
    return (
      <section className="editor reading" aria-label="Editor">
        <p className="editor-reason">{turn.reason}</p>
      </section>
    );
  }
  return (
    <section className={`editor ${turn.kind}`} aria-label="Editor">
      <form onSubmit={onSubmit}>
        <div className="editor-top">
          {isMine ? (
            <label htmlFor={id}>
              <RingIcon /> Your turn: the next segment
            </label>
          ) : (
            <label htmlFor={id}>{turn.reason}</label>
          )}
          {isMine && <LengthCounter id={`${id}-count`} text={text} maxCodePoints={maxCodePoints} />}
        </div>
        <textarea
          ref={textarea}
          id={id}
          className="input"
          rows={isMine || text !== '' ? 2 : 1}
          value={text}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
          readOnly={!isMine}
          aria-disabled={!isMine}
          aria-invalid={length > maxCodePoints}
          aria-describedby={isMine ? `${id}-count ${id}-keys` : `${id}-kept`}
          placeholder={isMine ? 'Go on from here…' : ''}
        />
        <div className="editor-foot">
          {isMine ? (
            <>
              {props.isOffered ? (
                <span id={`${id}-keys`} className="hint">
                  Your text from before is still here.
                </span>
              ) : (
                <span id={`${id}-keys`} className="hint keys">
                  <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> + <kbd>Enter</kbd> appends
                </span>
              )}
              <button type="submit" className="button primary" disabled={!canAppend}>
                Append
              </button>
            </>
          ) : (
            <span id={`${id}-kept`} className="hint">
              {text === ''
                ? 'You can write here when the ring comes to you.'
                : turn.kind === 'reading'
                  ? 'What you had begun stays here.'
                  : 'Your text stays here until then.'}
              {text !== '' && (
                <>
                  {' '}
                  <button type="button" className="quiet" onClick={() => void copy()}>
                    Copy it
                  </button>
                  <span role="status">{copied === text && 'Copied'}</span>
                </>
              )}
            </span>
          )}
        </div>
      </form>
      {props.children}
    </section>
  );
}
