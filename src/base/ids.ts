/** Ids that must not be mixed up. All are texts; the brand exists for the compiler only. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type SampleId = Branded<'sample'>;
export type RunId = Branded<'run'>;
/** First 16 hex digits of the SHA-256 of the model file: the same weights have the same id everywhere. */
export type ModelId = Branded<'model'>;
/** SHA-256 of the content, 64 hex digits. */
export type BlobHash = Branded<'blob'>;
