/**
 * The header that makes a browser save a file under its name, whatever it holds. The name may be Chinese (RFC 6266, 8187);
 * `fallback` is ASCII, for programs that know no better.
 */
export const attachment = (name: string, fallback: string): string =>
  `attachment; filename="${fallback}"; filename*=UTF-8''${encoded(name)}`;

// RFC 8187 leaves out of its plain characters some that `encodeURIComponent` does not encode.
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
