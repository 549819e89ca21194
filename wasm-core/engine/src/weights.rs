//! Finds the encoder's weights among a model's initialisers, by the names of the export contract, and checks shapes.

use super::matrix::{Matrix, Packed};
use super::onnx::{Data, Initialisers, OnnxError, Tensor};
use super::{MAX_TOKENS, TYPES};

/// Why a model cannot be run.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EngineError {
    #[error("the model file is damaged: {0}")]
    Onnx(#[from] OnnxError),
    #[error("the model has no `{0}`")]
    Missing(String),
    #[error("`{name}` has shape {found:?}, expected {expected}")]
    Shape { name: String, found: Vec<usize>, expected: String },
    #[error("`{0}` is not of the expected element type")]
    Type(String),
    #[error("`{0}` has a zero point that is not 0; only symmetric weights are run")]
    ZeroPoint(String),
    #[error("{hidden} hidden units cannot be split over {heads} attention heads")]
    AttentionHeads { hidden: usize, heads: usize },
}

/// A table that is read row by row: word rows, phrase rows.
pub enum Rows {
    Int8 { rows: Vec<u8>, scales: Vec<f32>, width: usize },
    Float { rows: Vec<f32>, width: usize },
}

impl Rows {
    pub fn len(&self) -> usize {
        match self {
            Self::Int8 { rows, width, .. } => rows.len() / width,
            Self::Float { rows, width } => rows.len() / width,
        }
    }

    pub fn width(&self) -> usize {
        match self {
            Self::Int8 { width, .. } | Self::Float { width, .. } => *width,
        }
    }

    /// Appends row `id`; ids past the end read the last row.
    pub fn append(&self, id: u32, out: &mut Vec<f32>) {
        let id = (id as usize).min(self.len() - 1);
        match self {
            Self::Int8 { rows, scales, width } => {
                let scale = if scales.len() == 1 { scales[0] } else { scales[id] };
                out.extend(rows[id * width..][..*width].iter().map(|&q| f32::from(q as i8) * scale));
            }
            Self::Float { rows, width } => out.extend_from_slice(&rows[id * width..][..*width]),
        }
    }
}

pub struct Norm {
    pub gamma: Vec<f32>,
    pub beta: Vec<f32>,
}

/// int8 values, shape, scales.
type Quantised<'a> = (&'a [u8], &'a [usize], Vec<f32>);

/// Takes weights out of the initialisers by name.
pub struct Source<'a>(pub Initialisers<'a>);

impl Source<'_> {
    pub fn has(&self, name: &str) -> bool {
        self.0.tensors.contains_key(name) || self.0.tensors.contains_key(&format!("{name}_quantized"))
    }

    fn tensor(&self, name: &str) -> Result<&Tensor<'_>, EngineError> {
        self.0.tensors.get(name).ok_or_else(|| EngineError::Missing(name.into()))
    }

    pub fn floats(&self, name: &str) -> Result<Vec<f32>, EngineError> {
        match &self.tensor(name)?.data {
            Data::F32(values) => Ok(values.clone()),
            _ => Err(EngineError::Type(name.into())),
        }
    }

    fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, EngineError> {
        let values = self.floats(name)?;
        if values.len() == length { Ok(values) } else { Err(self.shape(name, format!("[{length}]"))) }
    }

    /// A table of at least `rows` rows of `width` numbers.
    pub fn table(&self, name: &str, rows: usize, width: usize) -> Result<Vec<f32>, EngineError> {
        let values = self.floats(name)?;
        if self.tensor(name)?.dims.last() == Some(&width) && values.len() >= rows * width {
            Ok(values)
        } else {
            Err(self.shape(name, format!("[≥ {rows}, {width}]")))
        }
    }

    pub fn shape(&self, name: &str, expected: String) -> EngineError {
        let found = self.0.tensors.get(name).map(|tensor| tensor.dims.clone()).unwrap_or_default();
        EngineError::Shape { name: name.into(), found, expected }
    }

    pub fn norm(&self, name: &str, width: usize) -> Result<Norm, EngineError> {
        let part = |part: &str| self.vector(&format!("{name}.{part}"), width);
        Ok(Norm { gamma: part("gamma")?, beta: part("beta")? })
    }

    /// The int8 values of `<name>_quantized`, its dims, and `<name>_scale`.
    fn quantised(&self, name: &str) -> Result<Quantised<'_>, EngineError> {
        let values_name = format!("{name}_quantized");
        let tensor = self.tensor(&values_name)?;
        let Data::I8(values) = tensor.data else { return Err(EngineError::Type(values_name)) };
        let zero = format!("{name}_zero_point");
        let all_zero = match self.0.tensors.get(&zero).map(|tensor| &tensor.data) {
            None => true,
            Some(Data::I8(zeros)) => zeros.iter().all(|&z| z == 0),
            Some(Data::I64(zeros)) => zeros.iter().all(|&z| z == 0),
            Some(Data::F32(zeros)) => zeros.iter().all(|&z| z == 0.0),
        };
        if !all_zero {
            return Err(EngineError::ZeroPoint(name.into()));
        }
        Ok((values, &tensor.dims, self.floats(&format!("{name}_scale"))?))
    }

    /// `name` as floats, or `<name>_quantized` with a scale a row.
    pub fn rows(&self, name: &str) -> Result<Rows, EngineError> {
        if self.0.tensors.contains_key(name) {
            let rows = self.floats(name)?;
            return match self.tensor(name)?.dims[..] {
                [count, width] if count > 0 && width > 0 => Ok(Rows::Float { rows, width }),
                _ => Err(self.shape(name, "[rows, width]".into())),
            };
        }
        let (rows, dims, scales) = self.quantised(name)?;
        match *dims {
            [count, width] if count > 0 && width > 0 && (scales.len() == 1 || scales.len() == count) => {
                Ok(Rows::Int8 { rows: rows.to_vec(), scales, width })
            }
            _ => Err(self.shape(&format!("{name}_quantized"), "[rows, width] with a scale a row".into())),
        }
    }

    /// 32-bit hashes, which the file keeps as int32.
    pub fn hashes(&self, name: &str) -> Result<Vec<u32>, EngineError> {
        match &self.tensor(name)?.data {
            Data::I64(values) => Ok(values.iter().map(|&hash| hash as u32).collect()),
            _ => Err(EngineError::Type(name.into())),
        }
    }

    /// `<name>.weight` [inputs, outputs] and `<name>.bias`; a missing bias is 0.
    pub fn matrix(&self, name: &str, inputs: usize, outputs: Option<usize>) -> Result<Matrix, EngineError> {
        let weight_name = format!("{name}.weight");
        let fits = |dims: &[usize]| dims.len() == 2 && dims[0] == inputs && outputs.is_none_or(|n| n == dims[1]);
        let expected = || format!("[{inputs}, {}]", outputs.map_or("any".into(), |n| n.to_string()));
        let bias = |outputs: usize| {
            let name = format!("{name}.bias");
            if self.0.tensors.contains_key(&name) { self.vector(&name, outputs) } else { Ok(vec![0.0; outputs]) }
        };
        if self.0.tensors.contains_key(&weight_name) {
            let dims = &self.tensor(&weight_name)?.dims;
            if !fits(dims) {
                return Err(self.shape(&weight_name, expected()));
            }
            let outputs = dims[1];
            return Ok(Matrix::Float { inputs, outputs, weights: self.floats(&weight_name)?, bias: bias(outputs)? });
        }
        let (values, dims, scales) = self.quantised(&weight_name)?;
        let fits_scales = |outputs: usize| scales.len() == 1 || scales.len() == outputs;
        if !fits(dims) || !fits_scales(dims[1]) {
            return Err(self.shape(&format!("{weight_name}_quantized"), expected()));
        }
        let outputs = dims[1];
        let scales = if scales.len() == 1 { vec![scales[0]; outputs] } else { scales };
        Ok(Matrix::Int8(Packed::new(inputs, outputs, values, &scales, &bias(outputs)?)))
    }

    /// Position and type tables for a hidden size.
    pub fn positions_and_types(&self, hidden: usize) -> Result<(Vec<f32>, Vec<f32>), EngineError> {
        let positions = self.table("embeddings.position", MAX_TOKENS, hidden)?;
        Ok((positions, self.table("embeddings.type", TYPES, hidden)?))
    }
}
