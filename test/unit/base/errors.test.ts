import { expect, test } from 'vitest';
import { fromErrorInfo, toErrorInfo, UserError } from '../../../src/base/errors.ts';

test('a user error crosses a process boundary whole', () => {
  const info = toErrorInfo(new UserError('empty-file', 'a.png is empty. Choose another file.', 'a.png'));
  expect(fromErrorInfo(JSON.parse(JSON.stringify(info)))).toMatchObject({
    code: 'empty-file',
    message: 'a.png is empty. Choose another file.',
    subject: 'a.png',
  });
});

test('anything else is marked as a fault of ours', () => {
  expect(toErrorInfo(new TypeError('x is not a function'))).toEqual({
    code: 'internal',
    message: 'x is not a function',
  });
  expect(toErrorInfo('odd')).toEqual({ code: 'internal', message: 'odd' });
});
