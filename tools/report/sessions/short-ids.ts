/** Digits of 16, in lower case, as the page makes them long again: data/ids.ts. */
export const shortened = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

export const isUuid = (text: string): boolean =>
  text.length === 36 && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const isHash = (text: string): boolean => text.length === 64 && /^[0-9a-f]{64}$/.test(text);
