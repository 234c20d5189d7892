import type { Draft } from '@ringdraft/client';
import { type ReactNode, useState } from 'react';
import { copyText, printPage, saveFile } from '../browser';
import { ProblemNotice } from '../components/Notice';
import { PageHeading } from '../components/Page';
import { atName, authorClass } from '../messages/names';
import { markdown, plainText } from '../messages/textOf';
import { words } from '../messages/words';
import { useSignedIn } from '../session/SessionGate';
import { exportDraft, type ExportFormat, exportFormats } from './exportDraft';
import { useCommand } from './useCommand';

type Copy = 'none' | 'done' | 'failed';

/** The text alone, as one reads it: authors on demand, to copy without names and times, to print and to download. */
export function ReadingView(props: {
  readonly draft: Draft;
  /** False while the beginning is still on its way. */
  readonly isWhole: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { draft, isWhole } = props;
  const [withAuthors, setWithAuthors] = useState(false);
  const [copied, setCopied] = useState<Copy>('none');
  const [format, setFormat] = useState<ExportFormat>('md');
  const { credentials } = useSignedIn();
  const command = useCommand();
  const { reading } = words;
  const download = (): Promise<unknown> =>
    command.run(async () => {
      saveFile(await exportDraft(credentials, draft.draft_id, { format, withAuthors }));
    });
  const copy = async (text: string): Promise<void> => {
    setCopied((await copyText(text)) ? 'done' : 'failed');
  };
  return (
    <article className="reading-view">
      <PageHeading>{draft.title}</PageHeading>
      <div className="actions reading-actions">
        <button type="button" className="button" onClick={props.onClose}>
          {reading.back}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={!isWhole}
          onClick={() => void copy(plainText(draft.segments))}
        >
          {reading.copyText}
        </button>
        <button
          type="button"
          className="quiet"
          disabled={!isWhole}
          onClick={() => void copy(markdown(draft.title, draft.segments))}
        >
          {reading.copyMarkdown}
        </button>
        <button type="button" className="quiet" onClick={printPage}>
          {reading.print}
        </button>
        <select
          className="input"
          aria-label={reading.fileFormat}
          value={format}
          onChange={(event) => {
            setFormat(exportFormats.find((each) => each === event.target.value) ?? 'md');
          }}
        >
          {exportFormats.map((each) => (
            <option key={each} value={each}>
              {reading.formats[each]}
            </option>
          ))}
        </select>
        <button type="button" className="quiet" disabled={command.isRunning} onClick={() => void download()}>
          {reading.download}
        </button>
        <label className="check">
          <input
            type="checkbox"
            checked={withAuthors}
            onChange={(event) => {
              setWithAuthors(event.target.checked);
            }}
          />
          {reading.showAuthors}
        </label>
        <span role="status" className="hint">
          {copied === 'done' && reading.copied}
          {copied === 'failed' && reading.notCopied}
        </span>
      </div>
      <ProblemNotice problem={command.problem} />
      {!isWhole && <p className="hint">{reading.incomplete}</p>}
      <div className="reading-text" id="text" tabIndex={-1}>
        {draft.segments.map((segment, index) => (
          <div key={segment.segment_id} className={authorClass(segment.author_user_id)}>
            {withAuthors && draft.segments[index - 1]?.author_user_id !== segment.author_user_id && (
              <p className="segment-author">{atName(segment.author_user_id)}</p>
            )}
            <p className="segment-text" dir="auto">
              {segment.content}
            </p>
          </div>
        ))}
        {draft.segment_count === 0 && <p className="empty-draft">{words.draft.empty}</p>}
      </div>
    </article>
  );
}
