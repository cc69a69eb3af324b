/** [F365] A template that says just this text, whatever looks like an expression in it. */
export function plainTemplate(text: string): string {
  return text.replaceAll('${{', () => '$${{')
}
