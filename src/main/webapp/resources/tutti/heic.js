// HEIC, the format that iPhones take photos in and that no site reads. Phones convert it when they hand photos to a page, but
// not always, and files that were copied to a desk keep it. Browsers that can show it can convert it as well. A decoder of our
// own is deliberately absent: the kept ones are 1 MB and more of script, and need a weaker content security policy.

const BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'];
/** What canvases of phones hold. */
const PIXELS_MAX = 16_000_000;
const QUALITY = .92;

const ascii = bytes => String.fromCharCode(...bytes);

/** Whether its content says so; names and declared types say anything. */
export async function isHeic(file) {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  return ascii(head.slice(4, 8)) === 'ftyp' && BRANDS.includes(ascii(head.slice(8, 12)));
}

/** The same picture as JPEG. @throws where this browser cannot read it */
export async function jpegOf(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, Math.sqrt(PIXELS_MAX / (picture.width * picture.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(picture.width * scale);
  canvas.height = Math.floor(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  const bytes = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!bytes) throw new Error('no JPEG of ' + file.name);
  return new File([bytes], file.name.replace(/\.\w+$/, '') + '.jpg', {type: 'image/jpeg'});
}
