import { AppError } from '../../shared/errors.ts'

export function noSession(id: string): AppError {
  return new AppError('not-found', `There is no session ${quoted(id)}. Save it first.`, {
    session: id,
  })
}

/** One by its id, else the newest of that name. Throws `not-found`. */
export function findCheckpoint<C extends { readonly id: string; readonly name: string }>(
  session: string,
  checkpoints: readonly C[],
  wanted: string,
): C {
  const found =
    checkpoints.find(({ id }) => id === wanted) ??
    checkpoints.findLast(({ name }) => name === wanted)
  if (found !== undefined) return found
  const known = checkpoints.slice(-20).map(({ name }) => name)
  const list = known.length === 0 ? 'It has none.' : `It has ${known.map(quoted).join(', ')}.`
  throw new AppError(
    'not-found',
    `The session ${quoted(session)} has no checkpoint ${quoted(wanted)}. ${list}`,
    { session, checkpoint: wanted },
  )
}

/** Throws `invalid-input` for what is no name or no progress of a checkpoint. */
export function checkCheckpoint(name: string, progress: number | undefined): void {
  if (name.trim() === '' || name.length > maxNameLength)
    throw new AppError(
      'invalid-input',
      `A checkpoint's name has 1 to ${maxNameLength} characters; this one has ${name.length}.`,
      { name: name.slice(0, 80) },
    )
  if (progress === undefined || (progress >= 0 && progress <= 1)) return
  throw new AppError('invalid-input', `Progress is a share from 0 to 1; ${progress} is none.`, {
    progress,
  })
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}

/** A name that was made of another one stays one. */
export function clipName(name: string): string {
  return name.slice(0, maxNameLength).replace(/\p{Surrogate}$/u, '')
}

const maxNameLength = 200
