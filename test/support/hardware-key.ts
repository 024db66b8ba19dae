import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const TYPE = 'sk-ssh-ed25519@openssh.com';
const APPLICATION = 'ssh:';

/** What a security key does, without one: the same bytes, with or without a touch (PROTOCOL.u2f, PROTOCOL.sshsig). */
export class HardwareKey {
  private readonly secret: KeyObject;
  private readonly open: Buffer;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.secret = privateKey;
    this.open = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  }

  /** As it stands in a file of allowed signers. */
  line(user: string): string {
    return `${user} ${TYPE} ${this.blob().toString('base64')}\n`;
  }

  /** A detached signature, as `ssh-keygen -Y sign` writes it. */
  sign(message: string, { touched }: { touched: boolean }): string {
    const hashed = createHash('sha512').update(message).digest();
    const wanted = Buffer.concat([
      Buffer.from('SSHSIG'),
      ...[text('govkit'), text(''), text('sha512'), text(hashed)],
    ]);
    const after = Buffer.from([touched ? 1 : 0, 0, 0, 0, 7]);
    const digest = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
    const bytes = sign(null, Buffer.concat([digest(APPLICATION), after, digest(wanted)]), this.secret);
    const signature = Buffer.concat([text(TYPE), text(bytes), after]);
    const whole = Buffer.concat([
      Buffer.from('SSHSIG'),
      Buffer.from([0, 0, 0, 1]),
      ...[text(this.blob()), text('govkit'), text(''), text('sha512'), text(signature)],
    ]);
    const lines = whole.toString('base64').match(/.{1,70}/g)!;
    return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
  }

  private blob(): Buffer {
    return Buffer.concat([text(TYPE), text(this.open), text(APPLICATION)]);
  }
}

/** A string of SSH: its length, then its bytes. */
function text(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
