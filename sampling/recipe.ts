/** How a draw is made, for anyone who wants to make it again without this program. */
export const recipe = {
  zh: `抽取方法（任何人可用二十行程序重做）
 1. 承诺：先公布种子的 SHA-256（种子至少 32 个随机字节），再冻结总体并公布 populationHash；可再掺入其后才产生的公开数值（beacon）；最后公布种子和结果。
 2. 总体：CSV（UTF-8），列为 permit_no,city,kind,class,industry,issued_on；kind 为 first 或 reapplication。一行一次核发，本轮为上次冻结以来的核发。
 3. 规范行：各字段作 NFC 规范化，去首尾空白，按上列次序以制表符连接。
 4. populationHash：各规范行按字节排序，每行以 LF 结尾，取 SHA-256，小写十六进制。
 5. 密钥：种子的字节；有 beacon 时为以种子为密钥对 beacon（UTF-8）的 HMAC-SHA-256。
 6. 序：HMAC-SHA-256(密钥, populationHash 文本 ‖ 0x00 ‖ 规范行)，十六进制。
 7. 按市和 kind 分层，层内按 class、industry（字节）、序排列。
 8. 样本量：份额 ×（以前各轮总体 + 本轮总体），按十进制向上取整，减去已抽数，不小于 0，不大于本轮总体。
 9. 起点：u = HMAC-SHA-256(密钥, populationHash ‖ 0x00 ‖ city ‖ 制表符 ‖ kind) 前 8 字节，大端，除以 2^64。
10. 抽中位置：floor((u + i) × 总体 ÷ 样本量)，i 从 0 到样本量减 1，整数精确运算，位置从 0 起。
11. 替换：抽中后被注销的仍在分母中，由同一 class、industry 中序的下一个未抽中者替换，到末尾则从头继续，并写明原因。`,
  en: `How a draw is made (anyone can make it again in twenty lines)
 1. Commitment: publish the SHA-256 of the seed (32 random bytes or more), then freeze the population and publish its populationHash; a public value of a later time (beacon) may be mixed in; in the end publish seed and result.
 2. Population: CSV in UTF-8 with the columns permit_no,city,kind,class,industry,issued_on; kind is first or reapplication. A row is an issuance; a round holds those since the last freeze.
 3. Canonical line: the fields in NFC, trimmed, in that order, tab-joined.
 4. populationHash: SHA-256, in lower-case hex, of the lines sorted by bytes, each ended by LF.
 5. Key: the seed's bytes; with a beacon, the HMAC-SHA-256 of the beacon (UTF-8) under them.
 6. Rank: HMAC-SHA-256(key, populationHash as text ‖ 0x00 ‖ line), in hex.
 7. Strata are city and kind; a stratum's lines stand in the order of class, industry (bytes) and rank.
 8. Size: share × (carried population + population), rounded up in decimal arithmetic, less what was already drawn, at least 0 and at most the population.
 9. Start: u = the first 8 bytes of HMAC-SHA-256(key, populationHash ‖ 0x00 ‖ city ‖ tab ‖ kind), big-endian, divided by 2^64.
10. Drawn are the positions floor((u + i) × population ÷ size), i from 0 to size − 1, in exact integer arithmetic, counted from 0.
11. Replacement: one drawn and then cancelled stays in the denominator; the next rank of the same class and industry that is not drawn takes its place, going on with the first after the last, and the reason is written down.`,
  python: `# python3 draw.py FILE.csv SEED_HEX [BEACON]
import csv, fractions, hashlib, hmac, math, sys, unicodedata

columns = "permit_no city kind class industry issued_on".split()
share = {"first": fractions.Fraction("0.3"), "reapplication": fractions.Fraction("0.2")}
carried = {}  # (city, kind): (population, drawn) of the earlier rounds
mac = lambda key, text: hmac.new(key, text, hashlib.sha256)
key = bytes.fromhex(sys.argv[2])
if len(sys.argv) > 3: key = mac(key, sys.argv[3].encode()).digest()
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    lines = ["\\t".join(unicodedata.normalize("NFC", row[c]).strip() for c in columns).encode() for row in csv.DictReader(file)]
frozen = hashlib.sha256(b"".join(line + b"\\n" for line in sorted(lines))).hexdigest().encode()
print(frozen.decode())
place = lambda line: (line.split(b"\\t")[3:5], mac(key, frozen + b"\\0" + line).hexdigest())
for city, kind in sorted({tuple(line.split(b"\\t")[1:3]) for line in lines}):
    stratum = sorted((line for line in lines if line.split(b"\\t")[1:3] == [city, kind]), key=place)
    issued, drawn = carried.get((city.decode(), kind.decode()), (0, 0))
    size = max(0, min(len(stratum), math.ceil(share[kind.decode()] * (issued + len(stratum))) - drawn))
    start = int.from_bytes(mac(key, frozen + b"\\0" + city + b"\\t" + kind).digest()[:8], "big")
    for i in range(size):
        print(stratum[(start + i * 2**64) * len(stratum) // (size * 2**64)].decode())`,
} as const;
