// The same from C++: the header must be usable as it is.
#include <cstring>
#include <iostream>
#include <string>
#include <vnextract.h>

static int append(void *context, const char *data, size_t length) {
    static_cast<std::string *>(context)->append(data, length);
    return 0;
}

int main() {
    const std::string text = "Huyện Ba Tơ chi 1,5 tỷ đồng.";
    vnx_engine *engine = nullptr;
    vnx_document *document = nullptr;
    vnx_error error;
    std::string json;
    vnx_engine_options options = VNX_ENGINE_OPTIONS_INIT;
    if (vnx_engine_new(&engine, &options, &error) != VNX_OK ||
        vnx_extract(&document, engine, text.data(), text.size(), nullptr, &error) != VNX_OK ||
        vnx_write_json(document, nullptr, append, &json, &error) != VNX_OK) {
        std::cerr << error.message << '\n';
        return 1;
    }
    std::cout << (json.find("\"vnextract/1\"") != std::string::npos ? "json" : "no json") << '\n';
    vnx_document_free(document);
    vnx_engine_free(engine);
    return 0;
}
