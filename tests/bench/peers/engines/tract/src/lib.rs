//! tract behind the three calls that the bench makes of every engine.

use tract_onnx::prelude::*;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub struct Model {
    plan: std::sync::Arc<TypedRunnableModel>,
}

#[wasm_bindgen]
impl Model {
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<Model, JsError> {
        let model = tract_onnx::onnx().model_for_read(&mut &*file).map_err(said)?;
        Ok(Self { plan: model.into_optimized().and_then(|model| model.into_runnable()).map_err(said)? })
    }

    /// Logits of the five heads, one after the other. `phrases` has two parts of the same length.
    pub fn run(&self, ids: &[i32], types: &[i32], phrases: &[i32]) -> Result<Vec<f32>, JsError> {
        let mask = vec![1; ids.len()];
        let rows = [ids, types, &mask].map(|values| tensor(&[1, values.len()], values).into());
        let phrases = tensor(&[1, 2, phrases.len() / 2], phrases).into();
        let outputs = self.plan.run(rows.into_iter().chain([phrases]).collect()).map_err(said)?;
        let mut logits = Vec::new();
        for output in &outputs[..5] {
            logits.extend(output.to_plain_array_view::<f32>().map_err(said)?);
        }
        Ok(logits)
    }
}

fn tensor(shape: &[usize], values: &[i32]) -> Tensor {
    let values: Vec<i64> = values.iter().map(|&value| i64::from(value)).collect();
    Tensor::from_shape(shape, &values).unwrap()
}

/// With all its causes.
fn said(error: TractError) -> JsError {
    JsError::new(&format!("{error:#}"))
}
