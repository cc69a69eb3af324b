import type { MessageBoxOptions, OpenDialogOptions } from 'electron'
import { record } from './records.ts'

type Answer = { readonly button: string } | { readonly paths: readonly string[] }
const answers: Answer[] = []

/** What the person will say to the next dialog; a dialog without an answer is dismissed. */
export function answerNext(answer: Answer): void {
  answers.push(answer)
}

export const dialog = {
  showMessageBox: async (_window: unknown, options: MessageBoxOptions) => {
    const { message, detail, buttons = [] } = options
    record('dialog.showMessageBox', { message, detail, buttons })
    const answer = answers.shift()
    if (answer === undefined) return { response: options.cancelId ?? 0, checkboxChecked: false }
    const response = 'button' in answer ? buttons.indexOf(answer.button) : -1
    if (response < 0) throw new Error(`The dialog "${message}" has only: ${buttons.join(', ')}`)
    return { response, checkboxChecked: false }
  },
  showOpenDialog: async (_window: unknown, options: OpenDialogOptions) => {
    record('dialog.showOpenDialog', { properties: options.properties })
    const answer = answers.shift()
    const filePaths = answer !== undefined && 'paths' in answer ? [...answer.paths] : []
    return { canceled: filePaths.length === 0, filePaths }
  },
  showErrorBox: (title: string, content: string) => {
    record('dialog.showErrorBox', { title, content })
    process.stderr.write(`[error box] ${title}: ${content}\n`)
  },
}
