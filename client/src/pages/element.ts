// Small makers of page elements. Text is always set as text.

export function element(name: string, attributes: Record<string, string> = {}, text = ''): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

export function button(text: string, act: () => void, kind = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(kind ? { class: kind } : {}) }, text) as HTMLButtonElement;
  made.addEventListener('click', act);
  return made;
}

export function field(type: 'text' | 'checkbox', text: string): { label: HTMLElement; input: HTMLInputElement } {
  const label = element('label', { class: type });
  const input = element('input', { type, autocomplete: 'off' }) as HTMLInputElement;
  if (type === 'checkbox') label.append(input, element('span', {}, text));
  else label.append(element('span', {}, text), input);
  return { label, input };
}
