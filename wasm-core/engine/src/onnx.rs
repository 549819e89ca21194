//! Reads the initialisers of an ONNX file by name: a protobuf reader of the few fields that are needed.
//!
//! Owns: wire format, bounds checks, tensor types. Does not know the graph: nodes are skipped, the encoder's
//! architecture is fixed and found by the names and shapes of its weights. Field numbers are those of `onnx.proto`
//! (ONNX 1.16, IR version 10).

use std::collections::HashMap;

/// What is wrong with a model file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OnnxError {
    #[error("the file ends in the middle of a field")]
    Truncated,
    #[error("not a protobuf field: wire type {0}")]
    WireType(u8),
    #[error("initialiser `{name}` has element type {data_type}, which is not read")]
    DataType { name: String, data_type: u64 },
    #[error("initialiser `{name}` has {found} bytes of data, its shape asks for {expected}")]
    Length { name: String, expected: usize, found: usize },
    #[error("initialiser `{0}` keeps its data outside the file")]
    External(String),
    #[error("the file holds no graph")]
    NoGraph,
}

/// Elements of a tensor, still in the file's bytes (little-endian) where they can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Data<'a> {
    F32(Vec<f32>),
    I8(&'a [u8]),
    I64(Vec<i64>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tensor<'a> {
    pub dims: Vec<usize>,
    pub data: Data<'a>,
}

/// The initialisers of a model by name, and its metadata.
#[derive(Debug, Default)]
pub struct Initialisers<'a> {
    pub tensors: HashMap<String, Tensor<'a>>,
    pub metadata: HashMap<String, String>,
}

/// Reads all initialisers of element types f32, int8, uint8, int32 and int64.
pub fn read(bytes: &[u8]) -> Result<Initialisers<'_>, OnnxError> {
    const MODEL_GRAPH: u64 = 7;
    const MODEL_METADATA: u64 = 14;
    let mut all = Initialisers::default();
    let mut graphs = 0;
    for field in Fields::of(bytes) {
        match field? {
            (MODEL_GRAPH, Value::Bytes(graph)) => {
                graphs += 1;
                read_graph(graph, &mut all)?;
            }
            (MODEL_METADATA, Value::Bytes(entry)) => {
                let (key, value) = read_entry(entry)?;
                all.metadata.insert(key, value);
            }
            _ => {}
        }
    }
    if graphs == 0 { Err(OnnxError::NoGraph) } else { Ok(all) }
}

fn read_graph<'a>(graph: &'a [u8], all: &mut Initialisers<'a>) -> Result<(), OnnxError> {
    const GRAPH_INITIALIZER: u64 = 5;
    for field in Fields::of(graph) {
        if let (GRAPH_INITIALIZER, Value::Bytes(tensor)) = field? {
            let (name, tensor) = read_tensor(tensor)?;
            if let Some(tensor) = tensor {
                all.tensors.insert(name, tensor);
            }
        }
    }
    Ok(())
}

fn read_entry(entry: &[u8]) -> Result<(String, String), OnnxError> {
    let (mut key, mut value) = (String::new(), String::new());
    for field in Fields::of(entry) {
        match field? {
            (1, Value::Bytes(bytes)) => key = String::from_utf8_lossy(bytes).into_owned(),
            (2, Value::Bytes(bytes)) => value = String::from_utf8_lossy(bytes).into_owned(),
            _ => {}
        }
    }
    Ok((key, value))
}

/// `None` for element types that no weight has (strings, booleans); those are left out.
fn read_tensor(bytes: &[u8]) -> Result<(String, Option<Tensor<'_>>), OnnxError> {
    let (mut dims, mut data_type, mut name) = (Vec::new(), 0, String::new());
    let (mut raw, mut floats, mut integers, mut external) = (None, Vec::new(), Vec::new(), false);
    for field in Fields::of(bytes) {
        match field? {
            (1, value) => value.varints(|n| dims.push(n as usize))?,
            (2, Value::Varint(n)) => data_type = n,
            (4, Value::Fixed32(bits)) => floats.push(f32::from_bits(bits)),
            (4, Value::Bytes(packed)) => floats.extend(f32s(packed)),
            (5 | 7, value) => value.varints(|n| integers.push(n as i64))?,
            (8, Value::Bytes(bytes)) => name = String::from_utf8_lossy(bytes).into_owned(),
            (9, Value::Bytes(bytes)) => raw = Some(bytes),
            (14, Value::Varint(location)) => external = location == 1,
            _ => {}
        }
    }
    if external {
        return Err(OnnxError::External(name));
    }
    let count = dims.iter().product::<usize>();
    let expect = |size: usize, found: usize| {
        let expected = count.saturating_mul(size);
        if expected == found { Ok(()) } else { Err(OnnxError::Length { name: name.clone(), expected, found }) }
    };
    let data = match (data_type, raw) {
        (1, Some(raw)) => {
            expect(4, raw.len())?;
            Data::F32(f32s(raw).collect())
        }
        (1, None) => {
            expect(4, floats.len() * 4)?;
            Data::F32(floats)
        }
        (2 | 3, Some(raw)) => {
            expect(1, raw.len())?;
            Data::I8(raw)
        }
        (6, Some(raw)) => {
            expect(4, raw.len())?;
            let number = |c: &[u8]| i64::from(i32::from_le_bytes([c[0], c[1], c[2], c[3]]));
            Data::I64(raw.chunks_exact(4).map(number).collect())
        }
        (7, Some(raw)) => {
            expect(8, raw.len())?;
            let number = |c: &[u8]| i64::from_le_bytes([c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]]);
            Data::I64(raw.chunks_exact(8).map(number).collect())
        }
        (2 | 3 | 6 | 7, None) => {
            expect(1, integers.len())?;
            Data::I64(integers)
        }
        (8 | 9, _) => return Ok((name, None)),
        (data_type, _) => return Err(OnnxError::DataType { name, data_type }),
    };
    Ok((name, Some(Tensor { dims, data })))
}

fn f32s(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    bytes.chunks_exact(4).map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]]))
}

enum Value<'a> {
    Varint(u64),
    Fixed64,
    Fixed32(u32),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    /// Repeated integers, packed or one by one.
    fn varints(&self, mut take: impl FnMut(u64)) -> Result<(), OnnxError> {
        match self {
            Self::Varint(n) => take(*n),
            Self::Bytes(packed) => {
                let mut at = 0;
                while at < packed.len() {
                    take(varint(packed, &mut at)?);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], OnnxError> {
        let end = self.at.checked_add(count).filter(|&end| end <= self.bytes.len()).ok_or(OnnxError::Truncated)?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn field(&mut self) -> Result<(u64, Value<'a>), OnnxError> {
        let key = varint(self.bytes, &mut self.at)?;
        let value = match (key & 7) as u8 {
            0 => Value::Varint(varint(self.bytes, &mut self.at)?),
            1 => {
                self.take(8)?;
                Value::Fixed64
            }
            2 => {
                let count = varint(self.bytes, &mut self.at)?;
                Value::Bytes(self.take(usize::try_from(count).map_err(|_| OnnxError::Truncated)?)?)
            }
            5 => {
                let c = self.take(4)?;
                Value::Fixed32(u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
            }
            other => return Err(OnnxError::WireType(other)),
        };
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), OnnxError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.at = self.bytes.len();
        }
        Some(field)
    }
}

fn varint(bytes: &[u8], at: &mut usize) -> Result<u64, OnnxError> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let &byte = bytes.get(*at).ok_or(OnnxError::Truncated)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(OnnxError::Truncated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn tensors_are_read_by_name() {
        let file = fixture::model(
            &[
                fixture::tensor_f32("bias", &[2], &[0.5, -1.0]),
                fixture::tensor_i8("w_quantized", &[2, 3], &[1, -2, 3, -4, 5, -6]),
            ],
            &[("heads", "4")],
        );
        let all = read(&file).unwrap();
        assert_eq!(all.tensors["bias"], Tensor { dims: vec![2], data: Data::F32(vec![0.5, -1.0]) });
        assert_eq!(all.tensors["w_quantized"].dims, [2, 3]);
        assert_eq!(all.tensors["w_quantized"].data, Data::I8(&[1, 254, 3, 252, 5, 250]));
        assert_eq!(all.metadata["heads"], "4");
    }

    #[test]
    fn broken_files_give_errors() {
        let file = fixture::model(&[fixture::tensor_f32("bias", &[2], &[0.5, -1.0])], &[]);
        let check = |bytes: &[u8], error| assert_eq!(read(bytes).unwrap_err(), error);
        check(&[], OnnxError::NoGraph);
        check(&file[..file.len() - 1], OnnxError::Truncated);
        check(b"\x0f", OnnxError::WireType(7));
        let short = fixture::model(&[fixture::tensor_f32("bias", &[3], &[0.5, -1.0])], &[]);
        check(&short, OnnxError::Length { name: "bias".into(), expected: 12, found: 8 });
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = read(&bytes);
        }
    }
}
