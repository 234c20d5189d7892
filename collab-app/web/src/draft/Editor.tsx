import { type SubmitEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { copyText, isApple } from '../browser';
import { LengthCounter } from '../components/LengthCounter';
import { RingIcon } from '../components/RingIcon';
import { codePoints } from '../messages/count';
import { words } from '../messages/words';
import type { Turn } from './turn';

/** The id of the text field, for skip links. */
export const editorId = 'editor';

/**
 * Where the holder writes. A member who waits writes ahead here: the text stays in this browser and becomes their
 * segment when they append it. For all others the editor gives the reason, and keeps what they had begun.
 */
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
  const isWritable = turn.kind !== 'reading';
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
      <section className="editor reading" id={editorId} tabIndex={-1} aria-label={words.editor.name}>
        <p className="editor-reason">{turn.reason}</p>
      </section>
    );
  }
  return (
    <section className={`editor ${turn.kind}`} aria-label={words.editor.name}>
      <form onSubmit={onSubmit}>
        <div className="editor-top">
          {isMine ? (
            <label htmlFor={editorId}>
              <RingIcon /> {words.editor.yourTurn}
            </label>
          ) : (
            <label htmlFor={editorId}>{turn.reason}</label>
          )}
          {isWritable && <LengthCounter id={`${id}-count`} text={text} maxCodePoints={maxCodePoints} />}
        </div>
        <textarea
          ref={textarea}
          id={editorId}
          className="input"
          dir="auto"
          rows={isMine || text !== '' ? 2 : 1}
          value={text}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
          readOnly={!isWritable}
          aria-disabled={!isWritable}
          aria-invalid={length > maxCodePoints}
          aria-describedby={isWritable ? `${id}-count ${id}-hint` : `${id}-hint`}
          placeholder={isMine ? words.editor.goOn : ''}
        />
        <div className="editor-foot">
          {isMine ? (
            <>
              {props.isOffered ? (
                <span id={`${id}-hint`} className="hint">
                  {words.editor.fromBefore}
                </span>
              ) : (
                <span id={`${id}-hint`} className="hint keys">
                  <kbd>{isApple ? '⌘' : 'Ctrl'}</kbd> + <kbd>Enter</kbd> {words.editor.appends}
                </span>
              )}
              <button type="submit" className="button primary" disabled={!canAppend}>
                {words.editor.append}
              </button>
            </>
          ) : (
            <span id={`${id}-hint`} className="hint">
              {isWritable ? words.editor.draftAhead : words.editor.stays}
              {text !== '' && (
                <>
                  {' '}
                  <button type="button" className="quiet" onClick={() => void copy()}>
                    {words.editor.copy}
                  </button>
                  <span role="status">{copied === text && words.editor.copied}</span>
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
