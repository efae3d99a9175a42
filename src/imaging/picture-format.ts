import { UserError } from '../base/errors.ts';

export const PICTURE_FORMATS = ['png', 'jpeg', 'tiff', 'webp', 'gif', 'bmp'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

const IMAGE_ENDINGS = /\.(png|jpe?g|tiff?|webp|gif|bmp)$/i;
/** By the ending of its name alone. */
export function isPictureName(name: string): boolean {
  return IMAGE_ENDINGS.test(name);
}

const READABLE = 'PNG, JPEG, TIFF, WebP, BMP or GIF';

/**
 * Tells the format by the file's first bytes, whatever its name says.
 *
 * @param bytes The whole file or its beginning (1 KB is enough).
 * @throws UserError `empty-file`, `unsupported-format` or `not-an-image`, saying what the file is and what to do.
 */
export function sniffPicture(bytes: Uint8Array, name: string): PictureFormat {
  if (bytes.length === 0) {
    throw new UserError('empty-file', `${name} is empty (0 bytes). Copy or save the file again.`, name);
  }
  const starts = (text: string, at = 0) =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (starts('\x89PNG\r\n\x1a\n')) return 'png';
  if (starts('\xff\xd8\xff')) return 'jpeg';
  if (starts('II*\0') || starts('MM\0*') || starts('II+\0') || starts('MM\0+')) return 'tiff';
  if (starts('RIFF') && starts('WEBP', 8)) return 'webp';
  if (starts('GIF87a') || starts('GIF89a')) return 'gif';
  if (starts('BM') && bytes.length > 26) return 'bmp';
  throw refusal(bytes, name, starts);
}

function refusal(bytes: Uint8Array, name: string, starts: (text: string, at?: number) => boolean): UserError {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const unsupported = (what: string, remedy: string) =>
    new UserError('unsupported-format', `${name} is ${what}, which cannot be read. ${remedy}`, name);
  if (head.includes('%PDF-')) {
    return unsupported('a PDF file', 'Export its pages as PNG or TIFF and screen those.');
  }
  if (/<svg[\s>]/i.test(head)) return unsupported('an SVG drawing', `Export it as PNG.`);
  if (starts('ftyp', 4)) {
    return unsupported('a HEIC, AVIF or video file', 'Save the picture as JPEG or PNG.');
  }
  if (isText(bytes)) {
    return isPictureName(name)
      ? new UserError(
          'not-an-image',
          `${name} holds text, not a picture, in spite of its name. Choose a ${READABLE} file.`,
          name,
        )
      : unsupported('a text file of a kind unknown here', `Choose a ${READABLE} file.`);
  }
  return isPictureName(name)
    ? new UserError('not-an-image', `${name} is not a picture. Choose a ${READABLE} file.`, name)
    : unsupported('not a picture', `Choose a ${READABLE} file.`);
}

/** True where the first kilobyte has no control characters other than blanks and line ends. */
export function isText(bytes: Uint8Array): boolean {
  return bytes
    .subarray(0, 1024)
    .every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13 || byte === 12);
}
