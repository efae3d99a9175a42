import { expect, test } from 'vitest';
import {
  bytesField,
  integerField,
  integerFields,
  messageField,
  textField,
} from '../../../src/model/protobuf.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('the examples of the encoding guide', () => {
  // Test1 { a: 150 }, Test2 { b: "testing" }, Test3 { c: { a: 150 } }.
  expect(hex(integerField(1, 150))).toBe('089601');
  expect(hex(textField(2, 'testing'))).toBe('120774657374696e67');
  expect(hex(messageField(3, integerField(1, 150)))).toBe('1a03089601');
});

test('numbers beyond 32 bits, field numbers beyond one byte, lists and nothing', () => {
  expect(hex(integerField(1, 2 ** 40))).toBe('08808080808020');
  expect(hex(integerField(20, 7))).toBe('a00107');
  expect(hex(integerFields(8, [1, 300]))).toBe('400140ac02');
  expect(hex(bytesField(9, new Uint8Array()))).toBe('4a00');
  expect(hex(textField(1, 'ö'))).toBe('0a02c3b6');
});

test.each([-1, 0.5, NaN, 2 ** 53])('%d cannot be written', (value) => {
  expect(() => integerField(1, value)).toThrow(RangeError);
});
