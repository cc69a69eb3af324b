// What a host takes from its process: time, chance, digests and the user's name.
import { hash, randomInt } from 'node:crypto'
import { userInfo } from 'node:os'

export function now(): string {
  return new Date().toISOString()
}

export function sha256(text: string): string {
  return hash('sha256', text)
}

export function randomId(length: number): string {
  const characters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('')
}

export function userName(): string {
  try {
    return userInfo().username
  } catch (error) {
    // A user id without an entry in the password file, as in some containers.
    if (error instanceof Error) return String(process.getuid?.() ?? 'unknown')
    throw error
  }
}
