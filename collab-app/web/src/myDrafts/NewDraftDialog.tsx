import { type Api, ApiProblem } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { LengthCounter } from '../components/LengthCounter';
import { Dialog } from '../components/Dialog';
import { ProblemNotice } from '../components/Notice';
import { isStoring, newIdempotencyKey } from '../browser';
import { useSignedIn } from '../session/SessionGate';
import { codePoints } from '../messages/count';
import { isPlatform, platformNames } from '../messages/platforms';
import { words } from '../messages/words';
import { emptyForm, type NewDraftForm, readForm, writeForm } from './newDraftForm';

/**
 * Asks for a title, a platform and the first segment, and begins the draft. What is typed is kept in this browser until
 * then, so the dialog may be closed at any time.
 */
export function NewDraftDialog(props: {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onCreated: (draftId: string) => void;
}): ReactNode {
  const { limits, userId } = useSignedIn();
  const id = useId();
  const [form, setForm] = useState(() => readForm(userId));
  const [isKept, setKept] = useState(isStoring);
  const { title, platform, content } = form;
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isTitleMissing, setTitleMissing] = useState(false);
  const titleInput = useRef<HTMLInputElement>(null);
  /** One key for one content of the form: sending it twice begins one draft. */
  const sent = useRef<{ readonly form: string; readonly key: string } | null>(null);

  // After the dialog's own effect, which lets the browser give the focus to the first button.
  useEffect(() => {
    titleInput.current?.focus();
  }, []);

  const change = (part: Partial<NewDraftForm>): void => {
    const next = { ...form, ...part };
    setForm(next);
    setKept(writeForm(userId, next));
  };

  const isTooLong = codePoints(title) > limits.titleCodePoints || codePoints(content) > limits.contentCodePoints;

  const create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '') {
      setTitleMissing(true);
      titleInput.current?.focus();
      return;
    }
    if (isSending || isTooLong) return;
    const draft = {
      title: title.trim(),
      ...(isPlatform(platform) ? { platform } : {}),
      ...(content.trim() === '' ? {} : { initial_segment: content }),
    };
    const asked = JSON.stringify(draft);
    if (sent.current?.form !== asked) sent.current = { form: asked, key: newIdempotencyKey() };
    setSending(true);
    setProblem(null);
    try {
      const created = await props.api.createDraft(draft, { idempotencyKey: sent.current.key });
      writeForm(userId, emptyForm);
      props.onCreated(created.draft_id);
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      setProblem(failure);
      setSending(false);
    }
  };

  return (
    <Dialog title={words.list.newDraft} onClose={props.onClose}>
      <form className="form" onSubmit={(event) => void create(event)} noValidate>
        <div className="field">
          <label htmlFor={`${id}-title`}>{words.newDraft.title}</label>
          <input
            ref={titleInput}
            id={`${id}-title`}
            className="input"
            dir="auto"
            value={title}
            onChange={(event) => {
              change({ title: event.target.value });
              setTitleMissing(false);
            }}
            required
            autoComplete="off"
            aria-invalid={isTitleMissing || codePoints(title) > limits.titleCodePoints}
            aria-describedby={`${id}-title-count ${id}-title-missing`}
          />
          <div className="field-foot">
            <span id={`${id}-title-missing`} className="length-counter over" role="alert">
              {isTitleMissing && words.newDraft.titleIsMissing}
            </span>
            <LengthCounter id={`${id}-title-count`} text={title} maxCodePoints={limits.titleCodePoints} />
          </div>
        </div>
        <div className="field">
          <label htmlFor={`${id}-platform`}>{words.newDraft.writtenFor}</label>
          <select
            id={`${id}-platform`}
            className="input"
            value={platform}
            onChange={(event) => {
              change({ platform: event.target.value });
            }}
          >
            <option value="">{words.newDraft.noPlatform}</option>
            {Object.entries(platformNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-content`}>
            {words.newDraft.firstSegment} <span className="hint">{words.newDraft.optional}</span>
          </label>
          <textarea
            id={`${id}-content`}
            className="input"
            dir="auto"
            rows={4}
            value={content}
            onChange={(event) => {
              change({ content: event.target.value });
            }}
            aria-invalid={codePoints(content) > limits.contentCodePoints}
            aria-describedby={`${id}-content-count`}
          />
          <div className="field-foot">
            <span />
            <LengthCounter id={`${id}-content-count`} text={content} maxCodePoints={limits.contentCodePoints} />
          </div>
        </div>
        <p className="hint">{isKept ? words.newDraft.isKept : words.newDraft.isNotKept}</p>
        <ProblemNotice problem={problem} />
        <div className="actions">
          {(title !== '' || content !== '') && (
            <button
              type="button"
              className="quiet"
              onClick={() => {
                change(emptyForm);
                titleInput.current?.focus();
              }}
            >
              {words.newDraft.startOver}
            </button>
          )}
          <button type="submit" className="button primary" disabled={isSending || isTooLong}>
            {isSending ? words.newDraft.creating : words.newDraft.create}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
