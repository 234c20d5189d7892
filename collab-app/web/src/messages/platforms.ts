import type { Platform } from '@ringdraft/client';

/** The platforms that a draft may be meant for, as people call them. */
export const platformNames: Readonly<Record<Platform, string>> = {
  blog: 'Blog',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  x: 'X',
  youtube: 'YouTube',
};

/** A platform's name; one that this page does not know is shown as the server gave it. */
export function platformName(platform: string): string {
  return isPlatform(platform) ? platformNames[platform] : platform;
}

export function isPlatform(platform: string): platform is Platform {
  return Object.hasOwn(platformNames, platform);
}
