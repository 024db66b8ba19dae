import type { Driver } from '../../../tools/engine/store/sqlite-driver.ts';

export async function serve(_path: string, _driver: Driver, _o: unknown, _say: (...words: unknown[]) => void): Promise<void> {}
