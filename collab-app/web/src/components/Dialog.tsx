import { type ReactNode, useEffect, useId, useRef } from 'react';
import { words } from '../messages/words';

/**
 * A modal dialog on the browser's own: focus stays within, Escape and a click beside it close it, and focus returns to
 * where it was.
 */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element === null) return undefined;
    const opener = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) props.onClose();
      }}
    >
      <div className="dialog-body">
        <div className="dialog-top">
          <h2 id={titleId}>{props.title}</h2>
          <button type="button" className="quiet" onClick={props.onClose}>
            {words.app.close}
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}

/** Asks before something that can't be taken back. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.children}</p>
      <div className="actions">
        <button type="button" className="button" onClick={props.onClose}>
          {words.app.cancel}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => {
            props.onClose();
            props.onConfirm();
          }}
        >
          {props.confirm}
        </button>
      </div>
    </Dialog>
  );
}
