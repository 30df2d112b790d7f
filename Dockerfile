# The image holds the program and nothing else, and building it needs no network: `make docker`
# builds the static binary first and stages bin/image, the whole build context (.dockerignore).
FROM scratch
COPY bin/image/omnistock /omnistock
COPY --chown=65532:65532 bin/image/data /data
COPY --chown=65532:65532 bin/image/tmp /tmp
USER 65532:65532
ENV OMNISTOCK_DATA_DIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["/omnistock", "healthcheck"]
ENTRYPOINT ["/omnistock"]
CMD ["serve", "0:8000"]
