import { render } from 'preact';
import type { PageData } from '../data/page.ts';
import { followChanges } from './data/live.ts';
import { unpack } from './data/unpack.ts';
import { App } from './shell/app.tsx';
import './style.css';

const page = await unpack<PageData>('page');
const root = document.getElementById('app')!;
root.replaceChildren();
const show = (data: PageData): void => render(<App page={data} />, root);
show(page);
followChanges(show);
