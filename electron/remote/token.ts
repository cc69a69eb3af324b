import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AppError } from '../../shared/errors.ts'
import { AuthFrame } from '../../shared/rpc/authFrame.ts'

/** 256 random bits, as text that needs no escaping in a URL. */
export function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Throws `invalid-input` for a token of less than 256 bits. */
export function checkStrength(token: string): void {
  if (/^[A-Za-z0-9_-]{43,200}$/.test(token)) return
  throw new AppError(
    'invalid-input',
    'The token is too weak: it needs at least 43 of A-Z a-z 0-9 _ - (256 bits). Leave it out and one is made.',
  )
}

/** Returns a check of tokens whose time does not depend on the token it is given. */
export function createTokenCheck(token: string): (given: string) => boolean {
  const expected = digest(token)
  return (given) => timingSafeEqual(digest(given), expected)
}

/** What an auth message says; of anything else, a token that is none. */
export function readAuth(message: string): AuthFrame {
  try {
    return AuthFrame.parse(JSON.parse(message))
  } catch {
    return { kind: 'auth', token: '' } // it is refused as a wrong token is, and told nothing more
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
