import { useState } from 'react';
import { environment } from '../browser';

const { storage } = environment;

/** A choice of the reader's, for all drafts in this browser. */
export function usePreference(name: string): readonly [boolean, (isOn: boolean) => void] {
  const key = `ringdraft.preference.${name}`;
  const [isOn, setOn] = useState(() => storage.read(key) === 'on');
  return [
    isOn,
    (next) => {
      setOn(next);
      if (next) storage.write(key, 'on');
      else storage.remove(key);
    },
  ];
}

/** As it is now, also when another tab changed it. */
export function isPreferred(name: string): boolean {
  return storage.read(`ringdraft.preference.${name}`) === 'on';
}
