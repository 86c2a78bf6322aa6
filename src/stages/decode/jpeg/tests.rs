//! Whole files: those that other decoders round otherwise, and damaged ones.

use super::*;

/// Small files and the FNV-1a hash of the RGB samples that libjpeg-turbo 3.2.0 (in Pillow 13.0) decodes them to.
const FILES: [(&str, u64, &str); 8] = [
    (
        "4:2:0 with restarts",
        0x6436_a48d_5b28_a1d7,
        "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e29\
         31302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113261515264f35\
         2d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4fff\
         c0001108000d001303012200021101031101ffc40017000003010000000000000000000000000000030501ffc40023100001050001\
         020700000000000000000001000203040511213106121315234161ffc400160101010100000000000000000000000000010405ffc4\
         00201101000104000700000000000000000000010200030411122122314191d1ffdd00040001ffda000c03010002110311003f0065\
         bd8a7699153bf1861ec490b36b1a214a3f6a78e4fea7e862d4d0d2f55ed2c70ebc8eaa0695bb197a91c714a5cc0ee0029c686e24b1\
         fa00dbe68245d2f5cc774a91d3dabfffd05d7adb91576464bcf9470856e2f10d93137e38fb0fa428a59115562bebed6c461c0116d4\
         7957ffd9",
    ),
    (
        "4:2:0 progressive",
        0xd130_f32f_b7f7_83ab,
        "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a\
         1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffdb0043010909090c0b0c180d0d183221\
         1c213232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232323232ff\
         c2001108000d001303012200021101031101ffc400190000020301000000000000000000000000000501020304ffc4001601010101\
         00000000000000000000000000010405ffda000c03010002100310000001bc6c993b86a49a7fffc400191000030101010000000000\
         000000000000020304011213ffda0008010100010502654b66532e79005620e916e7b9873d1971f3ffc40019110100020300000000\
         0000000000000000010311000212ffda0008010301013f011ec93781a56ab0d79298ccffc4001e1100010401050000000000000000\
         00000001000203112122325181f0ffda0008010201013f0181b6db874019e51985ed3eed7fffc4001b100100010501000000000000\
         00000000000100020311122113ffda0008010100063f02a6ddd310f060766cf1814b921c27ffc4001a100003000301000000000000\
         000000000000011121416171ffda0008010100013f214456e9becca8704411e03c6d2467291fffda000c03010002000300000010e0\
         dfffc400191101000203000000000000000000000000010011213191ffda0008010301013f1016c00ad54acb931c9fffc4001c1101\
         0002010500000000000000000000000100116121315181f0ffda0008010201013f10a87a161ddec1dc7a5479b35cc7ffc4001b1001\
         000202030000000000000000000000010011213141c1e1ffda0008010100013f10c0380a206aca1df51d4ad56292c843379407208d\
         1188eb71e4ffd9",
    ),
    (
        "4:2:2",
        0x24da_4d0b_9bc9_11c4,
        "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e29\
         31302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113261515264f35\
         2d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4fff\
         c0001108000d001303012100021101031101ffc400190000020301000000000000000000000000000301040506ffc4002310000105\
         0001020700000000000000000001000203040511213106121315234161ffc400170101010101000000000000000000000000050201\
         04ffc400221100020104010403000000000000000000010203000411122105153171416181ffda000c03010002110311003f0065bd\
         8a7699153bf1861ec490a36b1a214a3f6a78e4fea941daf44036279f5eeb2577b39672794c0148af5b722aec8c979f28e10a590bb1\
         62e79fb34d456764635381e055ed0c5a9a1a5eabda58e1d791d560695bb197a91c714a5cc0ee002ba3a780622d20d8819e684b794d\
         d4124527cbe2bac8bc4364c4df8e3ec3e90856339390f8fc14c1b3453a83e2bfffd9",
    ),
    (
        "4:4:0",
        0xa8e8_a29a_d123_ed2d,
        "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e29\
         31302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffdb0043010e0e0e131113261515264f35\
         2d354f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4f4fff\
         c0001108000d001303011200021101031101ffc4001500010100000000000000000000000000000305ffc400231000010402000603\
         00000000000000000001020304050011061213152131234161ffc400160101010100000000000000000000000000040503ffc40024\
         110002020201010900000000000000000001020304001151121314226171c1d1f0f1ffda000c03010002110311003f00497710e521\
         a873db083e89231ac29625859755692850f3b1e731abddba4b247d27d7d87ce1edcb5add95aebb5d7181754cd084df6a58d9fdc8f6\
         52e455da36db4e95202b401c7a436614edda50178d7e9c6de59fc356bbec79e518f1af1a8e86c959e51acb6d710c92d27e36fd0fac\
         972590cc4b29279fa728c7098942344bb19fffd9",
    ),
    (
        "4:4:4 as RGB",
        0xfd3c_a1e0_1b86_9c7c,
        "ffd8ffee000e41646f626500640000000000ffdb004300140e0f120f0d14121012171514181e32211e1c1c1e3d2c2e243249404c4b\
         47404645505a736250556d5645466488656d777b8182814e608d978c7d96737e817cffc0001108000d001303521100471100421100\
         ffc4001a000002030101000000000000000000000002050103040600ffc4002b100002010303030302070000000000000001020304\
         05110021310612132251911481232432344161a1ffda000c03520047004200003f00f755bfed2823feb2356d35fa96b57c370882b7\
         1923530d9e9e8a1f3553a4518fe5b6ced9c0f73b70347d44ff004764a7a34d99c0c8d05574ec530f3db65c1e700ea1aea15c25b294\
         3807792607079e146fec724fdb5bed76a516e8030dfb7587baf507e1fa8f6ed9d54d05d663e47ada80c7908e507c0c01a4f2fe73ab\
         82c9c21d869e5c6c9495509942f8db19f4e8292812a25f2cf23cb23632ce724fdce8ba858d475053c0dfa148d7302aea6d351db0cc\
         cca0f074cae262b35bd6a23844aeefe350c7001209c9f7e38db5d5190c588d46ca001f1a7f0dfe678959a24248dce9535eae321ef4\
         9d2253c2244a40f904ff00baffd9",
    ),
    (
        "gray",
        0x0434_ad92_19dc_dad4,
        "ffd8ffe000104a46494600010100000100010000ffdb0043000d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e29\
         31302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524fffc0000b08000d001301011100ffc40018\
         00000203000000000000000000000000000103040506ffc40023100001040200060300000000000000000001020304050011061213\
         152131234161ffda0008010100003f0064bb887290d439ed841f449182ea99a109bed4b1b3fb888f1af1a8e86c959e51ac9d614b12\
         c2cbaab4942879d8f3941652e455da36db4e95202b401cd635c4324b49f8dbf43eb3ffd9",
    ),
    (
        "4:2:0, 3 pixels wide",
        0xcac7_ee83_080e_fedb,
        "ffd8ffe000104a46494600010100000100010000ffdb004300100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a33\
         3d3c3933383740485c4e404457453738506d51575f626768673e4d71797064785c656763ffdb0043011112121815182f1a1a2f6342\
         38426363636363636363636363636363636363636363636363636363636363636363636363636363636363636363636363636363ff\
         c00011080005000303012200021101031101ffc4001500010100000000000000000000000000000005ffc4001a1000020301010000\
         00000000000000000000020103110513ffc4001501010100000000000000000000000000000405ffc4001a11000202030000000000\
         0000000000000000010203111452ffda000c03010002110311003f00a94751fc536a599c0006d4a792cbaa09e123ffd9",
    ),
    // Its hash is of what Chromium 156 shows.
    (
        "inks as luma and chroma",
        0xab3f_953b_0b0d_1e52,
        "ffd8ffee000e41646f626500640000000002ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c1017141818\
         171416161a1d251f1a1b231c1616202c20232627292a29191f2d302d283025282928ffdb0043010707070a080a130a0a13281a161a\
         2828282828282828282828282828282828282828282828282828282828282828282828282828282828282828282828282828ffc000\
         1408000d001304011100021101031101041100ffc400190000020301000000000000000000000000040501060703ffc4002b100002\
         020004040407010000000000000001020311000405210612314132516171131422238191a1b1ffc400190100020301000000000000\
         000000000000040701030506ffc4002a110001030105070501000000000000000001020311000406213151122241617181f1051314\
         c1d1f0ffda000e040100021103110400003f00b1cb92d4269144691a66177259681bed47d2bdb1c6a2fbb89410ac743e32edd695cc\
         5d2b528ec88823523eab45d1ceb59d5963cbe721762a187292185d51363d3a8f7f3c0198caeb906ab03a18de1614f1af8acec1bc35\
         5bf727cb7d8e2f66f98537bf33e72c790e11339543b7714d34b43821408d633cb2c7940fca58dabf10e8c739f3ff001840aeaa4aec\
         6c915542aba753befb6f8710a6a0f186f1ddfd400a3fdc066fb5a5262077aca73d01d4a884a091ad758b8d3889630239a93b03c8c7\
         f758bd8d1b288d23aab063dd4d753e9ed858fca7088a7da596c90408ad3b4ae1cc96433b2c7086e564ee7b5f4fee225caa0903f5e5\
         22811f8c4a5c31142389f71fd83fdc6999c9c33fd9740d10365580375d3fdc149a565e450c540bed58a8da1630a2d56666779009e8\
         281cc70b69d999de6689017375c80e3fffd9",
    ),
];

/// Width, height and pixels.
type Picture = (usize, usize, Vec<Color>);

fn decode(bytes: &[u8]) -> Result<Picture> {
    let jpeg = Jpeg::open(bytes)?;
    let (width, height) = jpeg.size();
    // What a caller's limits are for.
    if width * height > 1000 {
        return Err("too many pixels".into());
    }
    Ok((width, height, jpeg.decode()?.0))
}

fn file(index: usize) -> Vec<u8> {
    let digits: Vec<u8> = FILES[index].2.chars().map(|digit| digit.to_digit(16).unwrap() as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

fn hash(picture: &Picture) -> u64 {
    let samples = picture.2.iter().flat_map(|pixel| pixel.channels());
    samples.fold(0xcbf2_9ce4_8422_2325, |hash, sample| (hash ^ u64::from(sample)).wrapping_mul(0x0100_0000_01b3))
}

/// `file` with the byte `offset` after the first of the frame header's marker changed.
fn with_frame_byte(mut file: Vec<u8>, offset: usize, value: u8) -> Vec<u8> {
    let at = file.windows(2).position(|pair| pair[0] == 0xff && (0xc0..=0xc2).contains(&pair[1])).unwrap();
    file[at + offset] = value;
    file
}

#[test]
fn pixels_are_those_of_libjpeg_turbo() {
    for (index, &(name, expected, _)) in FILES.iter().enumerate() {
        let picture = decode(&file(index)).unwrap();
        assert_eq!(picture.2.len(), picture.0 * picture.1, "{name}");
        assert_eq!(hash(&picture), expected, "{name}");
    }
}

#[test]
fn plain_inks_are_those_of_chromium() {
    let mut file = file(7);
    let adobe = file.windows(5).position(|bytes| bytes == b"Adobe").unwrap();
    let transformed = hash(&decode(&file).unwrap());
    file[adobe + 11] = 0;
    assert_eq!(hash(&decode(&file).unwrap()), 0x25c1_aa41_8e66_e266);
    // A transform that the marker has no number for is that of four inks.
    for transform in [1, 3, 255] {
        file[adobe + 11] = transform;
        assert_eq!(hash(&decode(&file).unwrap()), transformed, "{transform}");
    }
}

#[test]
fn only_the_end_marker_may_be_missing() {
    for (index, &(name, expected, _)) in FILES.iter().enumerate() {
        let file = file(index);
        let whole = file.len() - 2;
        for len in 0..whole {
            assert!(decode(&file[..len]).is_err(), "{name} cut to {len} of {whole}");
        }
        let picture = decode(&file[..whole]).unwrap();
        assert_eq!(hash(&picture), expected, "{name}");
    }
}

#[test]
fn damaged_files_neither_panic_nor_hang() {
    let mut random = 1_u32;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        random as usize % below
    };
    for index in 0..FILES.len() {
        for _ in 0..4000 {
            let mut file = file(index);
            for _ in 0..=next(4) {
                let at = next(file.len());
                file[at] = if next(2) == 0 { next(256) as u8 } else { file[at] ^ 1 << next(8) };
            }
            if let Ok((width, height, pixels)) = decode(&file) {
                assert_eq!(pixels.len(), width * height);
            }
        }
    }
}

#[test]
fn other_kinds_are_named() {
    for (offset, value, kind) in [
        (1, 0xc3, "lossless or hierarchical coding"),
        (1, 0xc9, "arithmetic coding"),
        (4, 12, "samples of 12 bits"),
        (9, 2, "this number or size of components"),
    ] {
        let failure = decode(&with_frame_byte(file(0), offset, value)).unwrap_err();
        if offset == 9 {
            assert_eq!(failure, Failure::Damaged("a frame header is damaged"));
        } else {
            assert_eq!(failure, Failure::Unsupported(kind));
        }
    }
}

#[test]
fn scans_that_leave_bits_out_are_shown_as_far_as_they_go() {
    let whole = decode(&file(1)).unwrap();
    let mut file = file(1);
    let scans: Vec<usize> = (0..file.len() - 1).filter(|&at| file[at..at + 2] == [0xff, 0xda]).collect();
    file.truncate(scans[scans.len() - 1]);
    assert_eq!(decode(&file), Err(Failure::Damaged(CUT_SHORT)));
    file.extend([0xff, 0xd9]);
    let coarse = decode(&file).unwrap();
    let apart = |(a, b): (&Color, &Color)| (0..3).map(|i| a.channels()[i].abs_diff(b.channels()[i])).max();
    let most = coarse.2.iter().zip(&whole.2).filter_map(apart).max().unwrap();
    assert!((1..=24).contains(&most), "{most}");
}

#[test]
fn a_header_without_a_picture_is_damage() {
    let empty = with_frame_byte(with_frame_byte(file(0), 5, 0), 6, 0);
    assert_eq!(decode(&empty), Err(Failure::Damaged("a frame header is damaged")));
    assert_eq!(decode(&[0xff, 0xd8, 0xff, 0xd9]), Err(Failure::Damaged("there is no picture in it")));
}
