import {
  decisionOf,
  isFileNamed,
  readJson,
  variableEdits,
  type ResumeAnswer,
  type ResumeChoices,
} from '../../state/resumeChoices.ts'
import { option, shellLine, withOptions } from '../../state/shellLine.ts'

/** The command line that does the same. Answers that are not valid yet are left out. */
export function resumeCommand(run: string, choices: ResumeChoices): string {
  const { from, fork, definition, stopAfter, inputsText, answers, mapping } = choices
  const options = [
    ...(from === null ? [] : option('from', from)),
    ...(fork ? ['--fork'] : []),
    ...(definition === 'current' ? definitionWords(choices) : []),
    ...(definition === 'current'
      ? Object.entries(mapping).flatMap(([before, now]) => option('map', `${before}=${now}`))
      : []),
    ...(choices.acceptLoss ? ['--accept-loss'] : []),
    ...(stopAfter === null ? [] : option('stop-after', stopAfter)),
    ...inputWords(inputsText),
    ...variableWords(choices),
    ...Object.entries(answers).flatMap(([step, answer]) => decisionWords(step, answer)),
  ]
  return shellLine(['unstuck', 'resume', ...withOptions([run], options)])
}

function definitionWords(choices: ResumeChoices): readonly string[] {
  if (!isFileNamed(choices)) return ['--current-definition']
  return option('definition', choices.definitionFile.trim())
}

function variableWords(choices: ResumeChoices): readonly string[] {
  const edits = variableEdits(choices)
  if (edits === null) return []
  return [
    ...Object.entries(edits.set).flatMap(([name, value]) =>
      option('variable', `${name}=${JSON.stringify(value)}`),
    ),
    ...edits.remove.flatMap((name) => option('remove-variable', name)),
  ]
}

function decisionWords(step: string, answer: ResumeAnswer): readonly string[] {
  const decision = decisionOf(answer)
  if (decision === null) return []
  const words = option('decide', `${step}=${decision.kind}`)
  if (decision.kind !== 'happened' || decision.output === null) return words
  return [...words, ...option('output', `${step}=${JSON.stringify(decision.output)}`)]
}

function inputWords(text: string | null): readonly string[] {
  const inputs = text === null ? null : readJson(text)
  if (inputs?.kind !== 'valid') return []
  return Object.entries(inputs.value ?? {}).flatMap(([name, value]) =>
    option('input', `${name}=${JSON.stringify(value)}`),
  )
}
