// Sentences for what only scripts know, as the server's bundle has them in the page.

const texts = JSON.parse(document.getElementById('texts')?.textContent ?? '{}');

/** The sentence of this key with its gap filled. */
export const say = (key, gap) => (texts[key] || texts.unknown || '').replace('{0}', gap);

/** Lets a screen reader say it, when there is nothing more important to say. */
export function tell(sentence) {
  const said = document.getElementById('said');
  if (said) said.textContent = sentence;
}

/** What the public contract calls the trouble in this body; empty where it names none. */
export const codeOf = body => String(body?.type || '').replace('urn:tutti:problem:', '');

/** As codeOf, for an answer whose body may be anything. */
export async function problem(answer) {
  try {
    return codeOf(await answer.json());
  } catch {
    return '';
  }
}
