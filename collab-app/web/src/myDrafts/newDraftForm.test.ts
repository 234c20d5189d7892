import { expect, it } from 'vitest';
import { environment } from '../browser';
import { emptyForm, readForm, writeForm } from './newDraftForm';

const form = { title: 'A walk', platform: 'blog', content: 'We set out.' };

it('a form is read as it was typed, for each user', () => {
  writeForm('ana', form);
  expect(readForm('ana')).toEqual(form);
  expect(readForm('ben')).toEqual(emptyForm);
});

it('an empty form leaves nothing in the storage', () => {
  writeForm('ana', form);
  writeForm('ana', emptyForm);
  expect(environment.storage.names()).not.toContain('ringdraft.newDraft.ana');
});

it.each(['{', 'null', '7', '{"title": 7}'])('what is no form is an empty one: %s', (text) => {
  environment.storage.write('ringdraft.newDraft.ana', text);
  expect(readForm('ana')).toEqual(emptyForm);
});
