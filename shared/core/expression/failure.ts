/** Ends the evaluation of an expression; it never leaves this room. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure'
  /** The sentence already names the part of the expression that it is about. */
  readonly isPlaced: boolean

  constructor(sentence: string, options: { readonly isPlaced: boolean }) {
    super(sentence)
    this.isPlaced = options.isPlaced
  }
}

export function fail(sentence: string): never {
  throw new ExpressionFailure(sentence, { isPlaced: false })
}
