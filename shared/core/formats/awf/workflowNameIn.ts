import { unquote } from '../../codec/pointer.ts'

/** The name of the workflow, also of a state that was cut: it stands near its beginning. Empty when it is not to be found. */
export function workflowNameIn(text: string): string {
  const found =
    /"WorkflowName":\s{0,8}("(?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,400}")/i.exec(
      text.slice(0, 4000),
    )
  return found?.[1] === undefined ? '' : unquote(found[1])
}
