// A WAV file comes in, its int16 mono samples go out.

/** Null when it is not 16-bit mono PCM. */
export function samplesOf(file: ArrayBuffer): Int16Array | null {
  const view = new DataView(file);
  if (file.byteLength < 44 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57415645) return null;
  let at = 12;
  let plain = false;
  while (at + 8 <= file.byteLength) {
    const [name, length] = [view.getUint32(at), view.getUint32(at + 4, true)];
    if (name === 0x666d7420)
      plain = view.getUint16(at + 8, true) === 1 && view.getUint16(at + 10, true) === 1 && view.getUint16(at + 22, true) === 16;
    if (name === 0x64617461) {
      const end = Math.min(file.byteLength, at + 8 + length);
      return plain ? new Int16Array(file.slice(at + 8, end - ((end - at) % 2))) : null;
    }
    at += 8 + length + (length % 2);
  }
  return null;
}
