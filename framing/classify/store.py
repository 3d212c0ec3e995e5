"""Model files: NPZ with a JSON header. Open formats, no pickle; loading one can run no code.

Members: ``header`` (UTF-8 JSON), ``phrases`` and ``pieces`` (UTF-8, one a line,
sorted), ``phrase_weights`` and ``piece_weights`` (float32, same order). The zip
is written with fixed timestamps: the same model gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.classify.features import FEATURES
from framing.classify.model import Classifier
from framing.errors import ModelError, OutputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FORMAT", "VERSION", "load", "save"]

FORMAT, VERSION = "framing-classifier", 1
_MEMBERS = ("header", "phrases", "phrase_weights", "pieces", "piece_weights")
_LIMIT = 256 * 2**20  # unpacked bytes; no honest model comes near it, a zip bomb does


def save(model: Classifier, path: str | Path) -> str:
    """Write ``model`` to ``path`` and return the SHA-256 of the file. Sets ``model.sha256``."""
    import numpy as np

    header = {
        "format": FORMAT,
        "version": VERSION,
        "features": model.features,
        "name": model.name,
        "intercept": model.intercept,
        "power": model.power,
        "threshold": model.threshold,
        "meta": model.meta,
    }
    arrays: dict[str, NDArray[Any]] = {
        "header": _bytes(json.dumps(header, sort_keys=True, ensure_ascii=False, allow_nan=False)),
    }
    for key, table in (("phrase", model.phrases), ("piece", model.pieces)):
        names = sorted(k for k, w in table.items() if w)
        if any("\n" in n for n in names):
            raise ModelError(f"{path}: a {key} holds a line break; it cannot be written")
        arrays[f"{key}s"] = _bytes("\n".join(names))
        arrays[f"{key}_weights"] = np.array([table[n] for n in names], dtype="<f4")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in _MEMBERS:
            out = io.BytesIO()
            np.lib.format.write_array(out, arrays[member], allow_pickle=False)
            info = zipfile.ZipInfo(f"{member}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, out.getvalue(), compress_type=zipfile.ZIP_DEFLATED, compresslevel=9)
    data = buffer.getvalue()
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise OutputError(f"{path}: cannot write the model: {error.strerror or error}") from error
    model.sha256 = hashlib.sha256(data).hexdigest()
    return model.sha256


def load(path: str | Path) -> Classifier:
    """Read a model file. Raises :class:`ModelError` that says what is wrong with it."""
    import numpy as np

    path = Path(path)
    try:
        if path.stat().st_size > _LIMIT:
            raise ModelError(f"{path}: is larger than {_LIMIT >> 20} MiB; not a model of this package")
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot read the model: {error.strerror or error}") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > _LIMIT:
                raise ModelError(f"{path}: unpacks to more than {_LIMIT >> 20} MiB; not a model of this package")
            arrays = {
                m: np.lib.format.read_array(io.BytesIO(archive.read(f"{m}.npy")), allow_pickle=False) for m in _MEMBERS
            }
        header = json.loads(arrays["header"].tobytes().decode("utf-8"))
        if not isinstance(header, dict) or header.get("format") != FORMAT:
            raise ModelError(f"{path}: not a {FORMAT} file")
        if header.get("version") != VERSION or header.get("features") != FEATURES:
            raise ModelError(
                f"{path}: model version {header.get('version')!r} with features {header.get('features')!r}; "
                f"this release reads version {VERSION} with features {FEATURES}. Train it again with 'framing train'."
            )
        tables: list[dict[str, float]] = []
        for key in ("phrase", "piece"):
            text = arrays[f"{key}s"].tobytes().decode("utf-8")
            names = text.split("\n") if text else []
            weights = arrays[f"{key}_weights"]
            if weights.dtype != np.dtype("<f4") or weights.shape != (len(names),) or len(set(names)) != len(names):
                raise ModelError(f"{path}: {len(names)} {key}s, weights of shape {weights.shape}; the file is damaged")
            if not bool(np.isfinite(weights).all()):
                raise ModelError(f"{path}: a {key} weight is not a finite number; the file is damaged")
            tables.append(dict(zip(names, weights.astype("f8").tolist(), strict=True)))
        numbers = [float(header[k]) for k in ("intercept", "power", "threshold")]
        if not all(map(math.isfinite, numbers)) or not isinstance(header["name"], str):
            raise ModelError(f"{path}: the header holds a number that is not finite; the file is damaged")
        meta = header.get("meta", {})
        if not isinstance(meta, dict):
            raise ModelError(f"{path}: the header's meta is not an object; the file is damaged")
    except ModelError:
        raise
    # zlib, zipfile, numpy and json each have errors of their own for a damaged file.
    except Exception as error:
        raise ModelError(f"{path}: not a model file of this package, or damaged ({str(error)[:300]})") from error
    return Classifier(
        name=header["name"],
        phrases=tables[0],
        pieces=tables[1],
        intercept=numbers[0],
        power=numbers[1],
        threshold=numbers[2],
        meta=meta,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _bytes(text: str) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
