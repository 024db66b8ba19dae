import { useArtifacts } from './blocks.ts';
import { many } from './words.ts';

/** What an artifact says, or why it is not said. */
export function Artifact({ id, close }: { id: string; close: string }) {
  const artifacts = useArtifacts(true);
  return (
    <section class="artifact" aria-label="Artifact">
      <h3>Artifact</h3>
      <p>
        <code>{id}</code> <a href={close}>close the artifact</a>
      </p>
      <Content id={id} artifacts={artifacts} />
    </section>
  );
}

function Content({ id, artifacts }: { id: string; artifacts: ReturnType<typeof useArtifacts> }) {
  if (artifacts === undefined) return <p role="status">Reading the artifact.</p>;
  if (artifacts instanceof Error) return <p role="status">It cannot be read: {artifacts.message}</p>;
  const name = Object.hasOwn(artifacts, id)
    ? id
    : Object.keys(artifacts).find((one) => id !== '' && one.startsWith(id));
  if (name === undefined) return <p role="status">The report does not hold this artifact.</p>;
  const { bytes, text, cut } = artifacts[name]!;
  if (text === null)
    return (
      <p role="status">
        {bytes === null
          ? 'It is gone: the store does not have it any more.'
          : cut
            ? `Its ${many(bytes, 'byte')} are left out, because the page holds so much already.`
            : `Its ${many(bytes, 'byte')} are no text, or not what its id says.`}
      </p>
    );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and without a mouse only what has the focus does */}
      <section class="scrolls" tabIndex={0} aria-label="Text of the artifact">
        <pre>{text}</pre>
      </section>
      <p class="dim">
        {bytes === null ? '' : many(bytes, 'byte')}
        {cut && ', of which only the beginning is shown'}
      </p>
    </>
  );
}
