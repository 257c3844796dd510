import { describe, expect, it } from 'vitest'
import { missingField, problemOf } from '../../../../src/renderer/connect/problem.ts'

const form = { address: 'host', username: 'ann', password: ' ', staySignedIn: true }

describe('missingField', () => {
  it.each<[object, string]>([
    [{ address: '', username: '', password: '' }, 'address'],
    [{ address: '  ' }, 'address'],
    [{ username: ' ', password: '' }, 'username'],
    [{ password: '' }, 'password'],
  ])('%j: asks for the first that is missing', (values, field) => {
    expect(missingField({ ...form, ...values })).toEqual({ kind: 'missing', field })
  })

  it('lets a password of spaces pass', () => {
    expect(missingField(form)).toBeNull()
  })
})

describe('problemOf', () => {
  it('puts a failure at the field that it concerns', () => {
    const failure = { kind: 'tlsUntrusted', detail: 'CERT_HAS_EXPIRED' } as const
    expect(problemOf({ ok: false, failure })).toEqual({
      kind: 'failure',
      field: 'address',
      failure,
    })
  })
})
