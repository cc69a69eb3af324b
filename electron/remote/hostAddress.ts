import { AppError } from '../../shared/errors.ts'

export type HostAddress = {
  /** `http://name:port`, without anything behind it. */
  readonly address: string
  /** What stands in the fragment; null: nothing. */
  readonly token: string | null
  readonly rpcUrl: string
}

/** An address as a host prints it, with or without its token; throws `invalid-input` for what is none. */
export function readHostAddress(text: string): HostAddress {
  const trimmed = text.trim()
  const url = URL.parse(/^[a-z]+:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '') {
    const message = 'That is no address of a host: it looks like http://127.0.0.1:7300.'
    throw new AppError('invalid-input', message)
  }
  const token = /^#token=([A-Za-z0-9_-]{1,200})/.exec(url.hash)?.[1] ?? null
  const rpc = `${url.protocol === 'https:' ? 'wss:' : 'ws:'}//${url.host}/rpc`
  return { address: `${url.protocol}//${url.host}`, token, rpcUrl: rpc }
}
