/** What stands before a key: `ssh-ed25519`, `sk-ssh-ed25519@openssh.com`, `ecdsa-sha2-nistp256`. */
const KEY_TYPE = /^(?:(?:webauthn-)?sk-)?(?:ssh|ecdsa)-[\w@.-]+$/;

/**
 * Of a file of allowed signers the keys of one signer, who is called by his very name. A pattern (`*`) would let one
 * key sign for everybody, and a certificate authority for whom it likes: neither says whose hand it was. Each line
 * stays where it is, so that what `ssh-keygen` says of one is found there.
 */
export function signersNamed(text: string, signer: string): string {
  const lines = text.split(/\r?\n/).map((line) => {
    const [principals, rest] = cutWord(line.trim());
    if (principals === '' || principals.startsWith('#') || rest === '') return '';
    const names = principals.replaceAll('"', '').split(',');
    // A pattern that takes names away (`!x`) belongs to one that gives them.
    if (!names.includes(signer) || names.some((name) => name.startsWith('!'))) return '';
    const [options] = cutWord(rest);
    if (!KEY_TYPE.test(options) && /(?:^|,)cert-authority(?:,|$)/i.test(options.replace(/"[^"]*"/g, '')))
      return '';
    return `${signer} ${rest}`;
  });
  return lines.every((line) => line === '') ? '' : lines.map((line) => `${line}\n`).join('');
}

/** The first word, in which what stands in quotes may have blanks, and what follows it. */
function cutWord(text: string): [word: string, rest: string] {
  const word = /^(?:"[^"]*"|[^\s"])*/.exec(text)![0];
  return [word, text.slice(word.length).trim()];
}
