// Which variables of the environment that Unstuck runs in a process gets that it starts for a workflow.
import { z } from 'zod'

/** A name, the beginning of names and `*`, or `*` for all. */
export const VariablePattern = z
  .string()
  .max(200)
  .regex(/^(?:[A-Za-z_][A-Za-z0-9_]*\*?|\*)$/, 'expected the name of a variable, NAME* or *')

type Environment = Readonly<Record<string, string | undefined>>

/** The base set, and what is named; nothing else. */
export function inheritedVariables(
  host: Environment,
  named: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(host).filter((entry): entry is [string, string] => {
      const [name, value] = entry
      return value !== undefined && (isBase(name) || isNamed(name, named))
    }),
  )
}

/** Which variables of the host each of these stands for, and which stand for none. */
export function lookUpVariables(
  host: Environment,
  named: readonly string[],
): { readonly found: readonly string[]; readonly missing: readonly string[] } {
  const names = Object.keys(host).filter((name) => host[name] !== undefined)
  const found = names.filter((name) => isNamed(name, named))
  const missing = named.filter((one) => !names.some((name) => isNamed(name, [one])))
  return { found: found.toSorted(), missing: missing.filter((one) => !isBase(one)) }
}

export function isNamed(name: string, named: readonly string[]): boolean {
  return named.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))
}

function isBase(name: string): boolean {
  return base.has(name) || name.startsWith('LC_') || windowsBase.has(name.toUpperCase())
}

/** Who and where one is, which language and time one has, where programs and temporary files are, whom one trusts. */
const base = wordsIn(
  'PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR TMP TEMP',
  'XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR',
  'SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS NODE_COMPILE_CACHE',
  // Paths by which a command of Unstuck in a step finds what its host uses.
  'UNSTUCK_CONFIG_DIR UNSTUCK_CACHE_DIR UNSTUCK_NODE',
)

const windowsBase = wordsIn(
  'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT OS USERNAME USERPROFILE HOMEDRIVE HOMEPATH',
  'APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES',
  'COMPUTERNAME NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE',
)

function wordsIn(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')))
}
