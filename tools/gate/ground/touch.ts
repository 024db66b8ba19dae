/** `ssh-keygen` armours a signature so (PROTOCOL.sshsig). */
const ARMOUR = /-----BEGIN SSH SIGNATURE-----([\sA-Za-z0-9+/=]*)-----END SSH SIGNATURE-----/;

/** The flag of PROTOCOL.u2f that a hardware key sets, and signs, when somebody touched it. */
const USER_PRESENT = 0x01;

/**
 * Whether the hardware key that gave a signature was touched for it. `ssh-keygen -Y verify` does not ask: a key that
 * was made with `no-touch-required` signs for whoever has the machine. Only of signatures that were verified.
 */
export function wasTouched(signature: string): boolean {
  const blob = Buffer.from(ARMOUR.exec(signature)?.[1] ?? '', 'base64');
  const outer = stringsOf(blob.subarray(10), 5);
  const given = outer[4];
  if (blob.toString('latin1', 0, 6) !== 'SSHSIG' || given === undefined) return false;
  const [type, bytes] = stringsOf(given, 2);
  if (type === undefined || bytes === undefined) return false;
  const flags = given[8 + type.length + bytes.length];
  return flags !== undefined && (flags & USER_PRESENT) !== 0;
}

/** The first `count` strings, each after its length; fewer where the bytes end before. */
function stringsOf(blob: Buffer, count: number): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; found.length < count && at + 4 <= blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) break;
    found.push(blob.subarray(at + 4, end));
    at = end;
  }
  return found;
}
