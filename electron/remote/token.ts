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

/** Returns a check of auth messages whose time does not depend on the token it is given. */
export function createTokenCheck(token: string): (message: string) => boolean {
  const expected = digest(token)
  return (message) => timingSafeEqual(digest(tokenOf(message)), expected)
}

/** The token of an auth message; of anything else, a text that is no token. */
function tokenOf(message: string): string {
  try {
    return AuthFrame.parse(JSON.parse(message)).token
  } catch {
    return '' // not an auth message: it is refused as a wrong token is, and told nothing more
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
