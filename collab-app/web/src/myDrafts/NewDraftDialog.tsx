import { type Api, ApiProblem } from '@ringdraft/client';
import { type SubmitEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { LengthCounter } from '../components/LengthCounter';
import { Dialog } from '../components/Dialog';
import { ProblemNotice } from '../components/Notice';
import { newIdempotencyKey } from '../browser';
import { useSignedIn } from '../session/SessionGate';
import { codePoints } from '../messages/count';
import { isPlatform, platformNames } from '../messages/platforms';

/** Asks for a title, a platform and the first segment, and begins the draft. */
export function NewDraftDialog(props: {
  readonly api: Api;
  readonly onClose: () => void;
  readonly onCreated: (draftId: string) => void;
}): ReactNode {
  const { limits } = useSignedIn();
  const id = useId();
  const [title, setTitle] = useState('');
  const [platform, setPlatform] = useState('');
  const [content, setContent] = useState('');
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
    const form = JSON.stringify(draft);
    if (sent.current?.form !== form) sent.current = { form, key: newIdempotencyKey() };
    setSending(true);
    setProblem(null);
    try {
      const created = await props.api.createDraft(draft, { idempotencyKey: sent.current.key });
      props.onCreated(created.draft_id);
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      setProblem(failure);
      setSending(false);
    }
  };

  return (
    <Dialog title="New draft" onClose={props.onClose}>
      <form className="form" onSubmit={(event) => void create(event)} noValidate>
        <div className="field">
          <label htmlFor={`${id}-title`}>Title</label>
          <input
            ref={titleInput}
            id={`${id}-title`}
            className="input"
            value={title}
            onChange={(event) => {
              setTitle(event.target.value);
              setTitleMissing(false);
            }}
            required
            autoComplete="off"
            aria-invalid={isTitleMissing || codePoints(title) > limits.titleCodePoints}
            aria-describedby={`${id}-title-count ${id}-title-missing`}
          />
          <div className="field-foot">
            <span id={`${id}-title-missing`} className="length-counter over" role="alert">
              {isTitleMissing && 'A draft needs a title.'}
            </span>
            <LengthCounter id={`${id}-title-count`} text={title} maxCodePoints={limits.titleCodePoints} />
          </div>
        </div>
        <div className="field">
          <label htmlFor={`${id}-platform`}>Written for</label>
          <select
            id={`${id}-platform`}
            className="input"
            value={platform}
            onChange={(event) => {
              setPlatform(event.target.value);
            }}
          >
            <option value="">No platform</option>
            {Object.entries(platformNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-content`}>
            First segment <span className="hint">(optional)</span>
          </label>
          <textarea
            id={`${id}-content`}
            className="input"
            rows={4}
            value={content}
            onChange={(event) => {
              setContent(event.target.value);
            }}
            aria-invalid={codePoints(content) > limits.contentCodePoints}
            aria-describedby={`${id}-content-count`}
          />
          <div className="field-foot">
            <span />
            <LengthCounter id={`${id}-content-count`} text={content} maxCodePoints={limits.contentCodePoints} />
          </div>
        </div>
        <ProblemNotice problem={problem} />
        <div className="actions">
          <button type="button" className="button" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={isSending || isTooLong}>
            {isSending ? 'Creating…' : 'Create draft'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
