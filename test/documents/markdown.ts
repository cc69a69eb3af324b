// Small pieces of Markdown for what is generated.
import { formatted } from '../formatted.ts'

/** As the project's own formatter leaves it. */
export function document(title: string, parts: readonly string[]): Promise<string> {
  return formatted('document.md', [`# ${title}`, ...parts].join('\n\n'))
}

/** Rows below a line of headings; `|` in a cell stands for itself. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map(lineOf).join('\n')
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}

export function code(language: string, lines: readonly string[]): string {
  return ['```' + language, ...lines, '```'].join('\n')
}

/** The part behind `#` by which a heading is found. */
export function anchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')
}
