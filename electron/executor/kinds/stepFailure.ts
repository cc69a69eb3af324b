/** Why a step failed, by a name that its retry policy can tell. */
export class StepFailure extends Error {
  override readonly name: string
  readonly code: string | null

  constructor(name: string, message: string, code: string | null = null) {
    super(message)
    this.name = name
    this.code = code
    // A sentence that says what happened needs no place in Unstuck's own code.
    this.stack = ''
  }
}
