import { AppError } from '../../shared/errors.ts'

export function notABundle(): AppError {
  return new AppError(
    'invalid-input',
    'The file is no bundle of Unstuck: it does not begin with a manifest. Nothing of it was kept.',
  )
}

/** Of what no bundle of ours has. */
export function refusedEntry(path: string, why: string): AppError {
  const message = `The bundle is refused: its entry ${JSON.stringify(path.slice(0, 200))} ${why}. Nothing of it was kept.`
  return new AppError('corrupt', message, { entry: path.slice(0, 200) })
}
