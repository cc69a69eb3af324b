import { expect, test } from 'vitest'
import {
  isNoSecret,
  labelOf,
  mask,
  shortLabel,
} from '../../../../../shared/core/secrets/isNoSecret.ts'

test.each([
  ['nothing', ''],
  ['signs alone', '"-- / …"'],
  ['a mask', mask],
  ['a mask between quotes', `'${mask}'`],
  ['a label', labelOf(12)],
  ['the label of a number', '«redacted:7:number»'],
  ['the label of a short one', shortLabel],
  ['the label of a short number', '«redacted:number»'],
  ['several of them', `${mask}:${labelOf(1)} ${shortLabel}`],
  ['a scheme before one', `Bearer ${mask}`],
  ['a scheme before a label', ` basic ${labelOf(3)}`],
  ['a token before a reference', 'token ${TOKEN}'],
  ['a reference', '${{ inputs.token }}'],
  ['a variable', '${DB_PASSWORD}'],
])('[F335] %s is no secret', (_, text) => expect(isNoSecret(text)).toBe(true))

test.each([
  ['a letter', 'x'],
  ['a digit', '-1'],
  ['a letter of another alphabet', 'й'],
  ['five dots and a word', '•••••a'],
  ['what hangs on to a mask', `${mask}a`],
  ['a label without its end', '«redacted:1'],
  ['another word between the signs', '«hidden»'],
  ['too long a number', '«redacted:1234567890»'],
  ['a reference with a text in it', "${{ 'abcd-1234' }}"],
  ['a reference in a reference', '${{ {a} }}'],
  ['a variable with more than a name', '${A:-secret}'],
  ['an empty reference', '${{}} a'],
  ['a scheme without its space', `Bearer${mask}`],
  ['a scheme behind a word', `my Bearer ${mask}`],
  ['another scheme', `digest ${mask}`],
])('[F335] %s may be one', (_, text) => expect(isNoSecret(text)).toBe(false))
