import { environment, isStoring } from '../browser';

const { storage } = environment;

/** What is typed into the form of a new draft. */
export interface NewDraftForm {
  readonly title: string;
  readonly platform: string;
  readonly content: string;
}

export const emptyForm: NewDraftForm = { title: '', platform: '', content: '' };

function keyOf(userId: string): string {
  return `ringdraft.newDraft.${userId}`;
}

/** What the user typed before and created no draft of. */
export function readForm(userId: string): NewDraftForm {
  try {
    const value = JSON.parse(storage.read(keyOf(userId)) ?? '{}') as Record<string, unknown>;
    const text = (name: keyof NewDraftForm): string => {
      const field = value[name];
      return typeof field === 'string' ? field : '';
    };
    return { title: text('title'), platform: text('platform'), content: text('content') };
  } catch {
    return emptyForm;
  }
}

/** False when the browser does not store it. */
export function writeForm(userId: string, form: NewDraftForm): boolean {
  const key = keyOf(userId);
  if (form.title === '' && form.platform === '' && form.content === '') {
    storage.remove(key);
    return isStoring();
  }
  storage.write(key, JSON.stringify(form));
  return storage.keeps(key);
}
