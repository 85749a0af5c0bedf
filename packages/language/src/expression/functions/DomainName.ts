/**
 * Endings of file names that are not top-level domains, so that `report.pdf` is not taken for a host. Endings that are
 * both (`com`, `zip`, `sh`, `py`, `md`, `rs`, `pl`, `so`, `mov`, `app`) count as domains: a name that is defanged
 * needlessly is ugly, a link that stays live is dangerous.
 */
const fileEndings: ReadonlySet<string> = new Set(
  [
    "bak bat bin bmp cer cfg chm class conf config cpp crt cs csr css csv dat db deb dll dmg doc docm docx dylib",
    "elf eml env eot exe flac gif go gz hpp hta htm html ico img ini ipynb iso jar java jpeg jpg js jse json jsonl jsp",
    "jsx key lnk lock log lua msg msi ndjson odp ods odt ogg otf pcap pcapng pdb pdf pem pfx php png ppt pptm pptx psd",
    "pyc rar rb rpm rtf scr sig sln sql sqlite svg swf sys tar tex tgz tif tiff tmp toml ts tsv tsx ttf txt vbe vbs",
    "vsdx vue war wasm wav webm webp wim woff wsf xls xlsb xlsm xlsx xml xsd xsl xz yaml yara yml yar"
  ].flatMap((line) => line.split(" "))
)

/** One character of a host name, as a class of a regular expression: letters and digits of any script, `_` and `-`. */
export const nameCharacter = String.raw`[\p{L}\p{M}\p{N}_-]`

/** A label of a host name: no `-` at its ends; `_` for names such as `_dmarc`. */
const label = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}_])?$/u

/** Letters in one case, or of a script without ASCII, or `xn--…` (RFC 5890): `com`, `COM`, not `The`. */
const topLevel = /^(?:[a-z]{2,63}|[A-Z]{2,63}|xn--[a-z0-9-]{1,59}|[^\x00-\x7f]{2,63})$/u

/**
 * Does the text have the form of a domain name? Two labels or more (RFC 1035 section 2.3.4: 63 characters each, 253
 * together), the last of letters in one case and no ending of files. Whether the domain exists is not looked up, so that
 * the answer never changes; no closing dot.
 */
export const isDomainName = (text: string): boolean => {
  if (text.length > 253) return false
  const labels = text.split(".")
  const last = labels.at(-1) ?? ""
  return (
    labels.length >= 2 &&
    topLevel.test(last) &&
    !fileEndings.has(last.toLowerCase()) &&
    labels.every((part) => label.test(part))
  )
}
