import {
  decisionOf,
  readJson,
  variableEdits,
  type ResumeAnswer,
  type ResumeChoices,
} from '../../state/resumeChoices.ts'

/** The command line that does the same. Answers that are not valid yet are left out. */
export function resumeCommand(run: string, choices: ResumeChoices): string {
  const { from, fork, definition, stopAfter, inputsText, answers, mapping } = choices
  const words = [
    'unstuck',
    'resume',
    run,
    ...(from === null ? [] : ['--from', from]),
    ...(fork ? ['--fork'] : []),
    ...(definition === 'current' ? ['--current-definition'] : []),
    ...(definition === 'current'
      ? Object.entries(mapping).flatMap(([before, now]) => ['--map', `${before}=${now}`])
      : []),
    ...(stopAfter === null ? [] : ['--stop-after', stopAfter]),
    ...inputWords(inputsText),
    ...variableWords(choices),
    ...Object.entries(answers).flatMap(([step, answer]) => decisionWords(step, answer)),
  ]
  return shellLine(words)
}

/** Words for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(quote).join(' ')
}

function variableWords(choices: ResumeChoices): readonly string[] {
  const edits = variableEdits(choices)
  if (edits === null) return []
  return [
    ...Object.entries(edits.set).flatMap(([name, value]) => [
      '--variable',
      `${name}=${JSON.stringify(value)}`,
    ]),
    ...edits.remove.flatMap((name) => ['--remove-variable', name]),
  ]
}

function decisionWords(step: string, answer: ResumeAnswer): readonly string[] {
  const decision = decisionOf(answer)
  if (decision === null) return []
  const words = ['--decide', `${step}=${decision.kind}`]
  if (decision.kind !== 'happened' || decision.output === null) return words
  return [...words, '--output', `${step}=${JSON.stringify(decision.output)}`]
}

function inputWords(text: string | null): readonly string[] {
  const inputs = text === null ? null : readJson(text)
  if (inputs?.kind !== 'valid') return []
  return Object.entries(inputs.value ?? {}).flatMap(([name, value]) => [
    '--input',
    `${name}=${JSON.stringify(value)}`,
  ])
}

/** For a POSIX shell: quoted where it is more than plain characters. */
function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
