import { byAge } from '../about/packet-age.ts';
import { judgeSignatureForm, type SignatureArgs, signatureMessage } from '../about/signature.ts';
import { defineRule } from '../rule.ts';

export const packetSignatureMalformed = defineRule<'packet', SignatureArgs>({
  id: 'packet/signature-malformed',
  summary: 'The signature of a packet is {username}{DDMMYYYYHHMM}, at a time that the calendar has.',
  appliesTo: 'packet',
  severity: 'error',
  docs: `The packet carries the signature of its refinement, so that both are known to belong together. A name alone, or digits that are no minute, can be looked up nowhere.

Copy it from the refinement; only the Operator can give a new one. In packets without PACKET_FORMAT_VERSION this is a warning: the first of them carry a name and no time. The old form DDMMYYHHMMSS is noted.`,
  message: signatureMessage,
  *check(packet) {
    const { signature } = packet;
    const judged = signature && judgeSignatureForm(signature.value);
    if (judged) yield { place: signature.place, severity: byAge(packet), ...judged, found: signature.raw };
  },
});
