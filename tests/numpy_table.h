/* Made by scripts/oracle_numpy.py from numpy's SeedSequence and PCG64DXSM; `--compare` checks it.
 * U128(high, low) and the structs are those of test_rng.c. */
// clang-format off
static const struct seed_case seed_cases[] = {
    /* SeedSequence(0, spawn_key=()).generate_state(4, uint64) */
    {0x0000000000000000u, {0x0000000000000000u}, 0, {0xdb2cd7e7b0f478beu, 0xabf4641a2c71ba49u, 0x20c6ed6d9d7b8d41u, 0x2c4099de223c39d4u}},
    /* SeedSequence(1, spawn_key=()).generate_state(4, uint64) */
    {0x0000000000000001u, {0x0000000000000000u}, 0, {0x672d8ee56d6791ffu, 0x8ae19ca14eb1072cu, 0x4915796d1322fc4au, 0xd0cc2bdcaba049bdu}},
    /* SeedSequence(2026, spawn_key=()).generate_state(4, uint64) */
    {0x00000000000007eau, {0x0000000000000000u}, 0, {0x838e72eaa293040du, 0x59bf224c1e488ba7u, 0x5f633c176582396cu, 0x6ebb35e84c2a4205u}},
    /* SeedSequence(4294967295, spawn_key=()).generate_state(4, uint64) */
    {0x00000000ffffffffu, {0x0000000000000000u}, 0, {0x2a05c5e276c1fe08u, 0x2032e40fc20e8198u, 0xed4ac06d787f4396u, 0x56896cb4f3db80fdu}},
    /* SeedSequence(4294967296, spawn_key=()).generate_state(4, uint64) */
    {0x0000000100000000u, {0x0000000000000000u}, 0, {0x50ff846cec53f444u, 0x7a4918dbe8278562u, 0x3bff9f6c362e2b19u, 0xbdb177539a0654e3u}},
    /* SeedSequence(18446744073709551615, spawn_key=()).generate_state(4, uint64) */
    {0xffffffffffffffffu, {0x0000000000000000u}, 0, {0xaebca151928cad0du, 0x119c30448638dc7au, 0x1bbb155659e642a7u, 0xa76b11e3e8c4a8f6u}},
    /* SeedSequence(0, spawn_key=(0,)).generate_state(4, uint64) */
    {0x0000000000000000u, {0x0000000000000000u}, 1, {0x784dfb2cdff7b411u, 0xca65717f56cf8f57u, 0x66ba395b9bb52223u, 0x6f9b32110fe1e0a9u}},
    /* SeedSequence(1, spawn_key=(0,)).generate_state(4, uint64) */
    {0x0000000000000001u, {0x0000000000000000u}, 1, {0x7503ef9461d5f260u, 0x4ac95c404fea20f8u, 0x4bedcc9af3504e45u, 0x5392d97be4a95acbu}},
    /* SeedSequence(1, spawn_key=(0, 0)).generate_state(4, uint64) */
    {0x0000000000000001u, {0x0000000000000000u, 0x0000000000000000u}, 2, {0x5c4f7776b43e8e4du, 0x7b9c050bbbbc39b6u, 0x5b1f102678d52406u, 0x7e54f463ed2e75d4u}},
    /* SeedSequence(1, spawn_key=(7, 4294967295)).generate_state(4, uint64) */
    {0x0000000000000001u, {0x0000000000000007u, 0x00000000ffffffffu}, 2, {0xa61dcd7bb0dd7760u, 0x87d9568e4abcacfcu, 0x8aeff219a4d4be29u, 0x2ca29855e0cf62dfu}},
    /* SeedSequence(1, spawn_key=(4294967296,)).generate_state(4, uint64) */
    {0x0000000000000001u, {0x0000000100000000u}, 1, {0x9433eb60b114766au, 0xe7b462034a0d1f63u, 0x7269993ad3cbe5c5u, 0xb3b8b0ef5d9c5382u}},
    /* SeedSequence(1099511627781, spawn_key=(999, 16045690984503111693)).generate_state(4, uint64) */
    {0x0000010000000005u, {0x00000000000003e7u, 0xdeadbeefcafef00du}, 2, {0xe2bfc97e00b48ed7u, 0x88d908f6a18481fcu, 0x87cacbcb6e5a2ab9u, 0x45697b86b5e10849u}},
    /* SeedSequence(18446744073709551615, spawn_key=(18446744073709551615, 3, 8589934592, 0)).generate_state(4, uint64) */
    {0xffffffffffffffffu, {0xffffffffffffffffu, 0x0000000000000003u, 0x0000000200000000u, 0x0000000000000000u}, 4, {0x4c1f4c1597b6881cu, 0x68e8ba7df8a8ed1fu, 0xdee5d1ffc22877f2u, 0x55d93a6cf5942643u}},
};
static const struct text_case text_cases[] = {
    /* SeedSequence(list(b'')).generate_state(2, uint64) */
    {"", 0xdb2cd7e7b0f478beu, 0xabf4641a2c71ba49u, "db2cd7e7b0f478beabf4641a2c71ba49"},
    /* SeedSequence(list(b'a')).generate_state(2, uint64) */
    {"\x61", 0xe0eb1ca5191a3779u, 0xfbec5e24fa7de978u, "e0eb1ca5191a3779fbec5e24fa7de978"},
    /* SeedSequence(list(b'abcd')).generate_state(2, uint64) */
    {"\x61\x62\x63\x64", 0xf697d961d6410e1cu, 0x5df22a53b0528ce4u, "f697d961d6410e1c5df22a53b0528ce4"},
    /* SeedSequence(list(b'remand')).generate_state(2, uint64) */
    {"\x72\x65\x6d\x61\x6e\x64", 0x1d6371dc5ec4d40bu, 0x4d7ae529c606516eu, "1d6371dc5ec4d40b4d7ae529c606516e"},
    /* SeedSequence(list(b'self_reporter')).generate_state(2, uint64) */
    {"\x73\x65\x6c\x66\x5f\x72\x65\x70\x6f\x72\x74\x65\x72", 0x4c627ef3150726a8u, 0x3bdafa323937f7aau, "4c627ef3150726a83bdafa323937f7aa"},
    /* SeedSequence(list(b'voorlopige hechtenis')).generate_state(2, uint64) */
    {"\x76\x6f\x6f\x72\x6c\x6f\x70\x69\x67\x65\x20\x68\x65\x63\x68\x74\x65\x6e\x69\x73", 0xf9f419bf1f152bb2u, 0x69ed9bf1eb0a4c15u, "f9f419bf1f152bb269ed9bf1eb0a4c15"},
    /* SeedSequence(list(b'caf\xc3\xa9')).generate_state(2, uint64) */
    {"\x63\x61\x66\xc3\xa9", 0x60f27a80aff14393u, 0x0243a99784783c4du, "60f27a80aff143930243a99784783c4d"},
};
static const struct raw_case raw_cases[] = {
    /* state 0, inc 1: advance(0), random_raw(4) */
    {U128(0x0000000000000000u, 0x0000000000000000u), U128(0x0000000000000000u, 0x0000000000000001u), U128(0x0000000000000000u, 0x0000000000000000u), {0x0000000000000000u, 0x0000000000000000u, 0x0000000000000000u, 0x5238ea76d1f0df4au}},
    /* state 42, inc 109: advance(0), random_raw(4) */
    {U128(0x0000000000000000u, 0x000000000000002au), U128(0x0000000000000000u, 0x000000000000006du), U128(0x0000000000000000u, 0x0000000000000000u), {0x0000000000000000u, 0xfd5d0e8cf80e0ee1u, 0x7980b9acbef9ce4au, 0x7eff19acc801c477u}},
    /* state 1512366075204170947332355369683137040, inc 3024732150408341894664710739366274081: advance(0), random_raw(4) */
    {U128(0x0123456789abcdefu, 0xfedcba9876543210u), U128(0x02468acf13579bdfu, 0xfdb97530eca86421u), U128(0x0000000000000000u, 0x0000000000000000u), {0xa5c2f45958c644a2u, 0x0e16056e7ee7a043u, 0x6a8f3c6205968550u, 0x9c4fa75e3effd2c9u}},
    /* state 1512366075204170947332355369683137040, inc 3: advance(1), random_raw(4) */
    {U128(0x0123456789abcdefu, 0xfedcba9876543210u), U128(0x0000000000000000u, 0x0000000000000003u), U128(0x0000000000000000u, 0x0000000000000001u), {0x605b3b35149bd501u, 0xec305a744568be30u, 0xf2c8621e85a3b2cau, 0x8c68b40fabe85377u}},
    /* state 1512366075204170947332355369683137040, inc 3: advance(67), random_raw(4) */
    {U128(0x0123456789abcdefu, 0xfedcba9876543210u), U128(0x0000000000000000u, 0x0000000000000003u), U128(0x0000000000000000u, 0x0000000000000043u), {0x5a52ca3b420f0f96u, 0x554618c0016b340eu, 0xc1408400af5e6b92u, 0xc2f8d0e985eb3e33u}},
    /* state 1512366075204170947332355369683137040, inc 170141183460469231731687303715884105733: advance(1000000), random_raw(4) */
    {U128(0x0123456789abcdefu, 0xfedcba9876543210u), U128(0x8000000000000000u, 0x0000000000000005u), U128(0x0000000000000000u, 0x00000000000f4240u), {0x1d7a86a88c9d642fu, 0xa49a93501f066df9u, 0xcd9b2269dad2bf27u, 0x186aea1751f0617au}},
    /* state 1512366075204170947332355369683137040, inc 170141183460469231731687303715884105733: advance(633827181790486489903212499757), random_raw(4) */
    {U128(0x0123456789abcdefu, 0xfedcba9876543210u), U128(0x8000000000000000u, 0x0000000000000005u), U128(0x0000000800018e75u, 0xe169218b0483932du), {0x76e07687014c1d1bu, 0x2935e67dd19775a3u, 0xac658b25ffe492e3u, 0x1a77017389fa7cf1u}},
    /* state 340282366920938463463374607431768211455, inc 340282366920938463463374607431768211455: advance(340282366920938463463374607431768211455), random_raw(4) */
    {U128(0xffffffffffffffffu, 0xffffffffffffffffu), U128(0xffffffffffffffffu, 0xffffffffffffffffu), U128(0xffffffffffffffffu, 0xffffffffffffffffu), {0x0000000000000000u, 0xe4dd58b4ffffe4deu, 0x082b98f3423f20f6u, 0x7b3bf90f2550ab72u}},
};
static const struct flow_case flow_cases[] = {
    /* spawn_key (0, hash of remand[, 20454]); the draw of person (slab 3, index 5) for stay/remand/2 */
    {0x0000000000000001u, 0u, "remand", 20454, U128(0xbf6b6332bf9906a7u, 0x40b7a600e216f025u), U128(0x97a8cc3bb3ca175fu, 0x5076c00d1ec2327bu), 0xcbbfe1921c779e0cu},
    /* spawn_key (1, hash of remand[, 20454]); the draw of person (slab 3, index 5) for stay/remand/2 */
    {0x0000000000000001u, 1u, "remand", 20454, U128(0x11043a565b023a3fu, 0x63e9de129f3a0227u), U128(0xc9d3b7fd4c109942u, 0x45b10b37e7e6d1dcu), 0xe1e077f35ccacd58u},
    /* spawn_key (999, hash of self_reporter[, 0]); the draw of person (slab 3, index 5) for stay/self_reporter/2 */
    {0x0000000200000001u, 999u, "self_reporter", 0, U128(0xd17d8ff4cc4a5370u, 0x58ea23eb10dcb3c3u), U128(0xfbbfb9c55964cbceu, 0x048cf62b7d52be5fu), 0xe6e4c37f339a78feu},
    /* spawn_key (4294967295, hash of tbs[, 23741]); the draw of person (slab 3, index 5) for stay/tbs/2 */
    {0xffffffffffffffffu, 4294967295u, "tbs", 23741, U128(0x2e43c592e2c71604u, 0xcba37aa214882a71u), U128(0x284a2fb54b640c78u, 0xfe75cc74252a7820u), 0x7f21367f79248cfdu},
};
static const struct purpose_case purpose_cases[] = {
    /* 2**40 + (hash of stay/remand/0 >> 4 | 1) */
    {"stay", "remand", 0, U128(0x0000000000000000u, 0x08270e6190300b97u)},
    /* 2**40 + (hash of stay/remand/7 >> 4 | 1) */
    {"stay", "remand", 7, U128(0x0000000000000000u, 0x06d95bc5ad77482du)},
    /* 2**40 + (hash of route/prison/12 >> 4 | 1) */
    {"route", "prison", 12, U128(0x0000000000000000u, 0x052d864cd52f291fu)},
};
static const struct threshold_case threshold_cases[] = {
    /* ceil(Fraction(0, 1) * 2**52 - Fraction(1, 2)) */
    {0, 1, 0x0000000000000000u},
    /* ceil(Fraction(0, 4611686018427387904) * 2**52 - Fraction(1, 2)) */
    {0, 4611686018427387904, 0x0000000000000000u},
    /* ceil(Fraction(1, 1) * 2**52 - Fraction(1, 2)) */
    {1, 1, 0x0010000000000000u},
    /* ceil(Fraction(4611686018427387904, 4611686018427387904) * 2**52 - Fraction(1, 2)) */
    {4611686018427387904, 4611686018427387904, 0x0010000000000000u},
    /* ceil(Fraction(1, 2) * 2**52 - Fraction(1, 2)) */
    {1, 2, 0x0008000000000000u},
    /* ceil(Fraction(1, 3) * 2**52 - Fraction(1, 2)) */
    {1, 3, 0x0005555555555555u},
    /* ceil(Fraction(2, 3) * 2**52 - Fraction(1, 2)) */
    {2, 3, 0x000aaaaaaaaaaaabu},
    /* ceil(Fraction(7, 10) * 2**52 - Fraction(1, 2)) */
    {7, 10, 0x000b333333333333u},
    /* ceil(Fraction(1, 1000) * 2**52 - Fraction(1, 2)) */
    {1, 1000, 0x000004189374bc6au},
    /* ceil(Fraction(1, 4611686018427387904) * 2**52 - Fraction(1, 2)) */
    {1, 4611686018427387904, 0x0000000000000000u},
    /* ceil(Fraction(1, 9007199254740992) * 2**52 - Fraction(1, 2)) */
    {1, 9007199254740992, 0x0000000000000000u},
    /* ceil(Fraction(1, 9007199254740991) * 2**52 - Fraction(1, 2)) */
    {1, 9007199254740991, 0x0000000000000001u},
    /* ceil(Fraction(1, 4503599627370496) * 2**52 - Fraction(1, 2)) */
    {1, 4503599627370496, 0x0000000000000001u},
    /* ceil(Fraction(3, 9007199254740992) * 2**52 - Fraction(1, 2)) */
    {3, 9007199254740992, 0x0000000000000001u},
    /* ceil(Fraction(5, 18014398509481984) * 2**52 - Fraction(1, 2)) */
    {5, 18014398509481984, 0x0000000000000001u},
    /* ceil(Fraction(4611686018427387903, 4611686018427387904) * 2**52 - Fraction(1, 2)) */
    {4611686018427387903, 4611686018427387904, 0x0010000000000000u},
    /* ceil(Fraction(9007199254740991, 9007199254740992) * 2**52 - Fraction(1, 2)) */
    {9007199254740991, 9007199254740992, 0x000fffffffffffffu},
    /* ceil(Fraction(9007199254740990, 9007199254740991) * 2**52 - Fraction(1, 2)) */
    {9007199254740990, 9007199254740991, 0x000fffffffffffffu},
    /* ceil(Fraction(123456789012345678, 987654321098765432) * 2**52 - Fraction(1, 2)) */
    {123456789012345678, 987654321098765432, 0x0001ffffffb1b967u},
};
// clang-format on
